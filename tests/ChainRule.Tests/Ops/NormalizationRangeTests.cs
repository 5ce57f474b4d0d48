namespace ChainRule.Tests.Ops;

/// <summary>Normalizing does not depend on the size of the elements, however large or small their squares are.</summary>
public sealed class NormalizationRangeTests
{
    // [2, 4, 3]; as one scale goes over all of them, every norm without ε gives what it gives for these.
    private static readonly double[] Usual = [3, -1, 2, 0.5, 7, -4, 1, 1, -2, 5, 0.25, -3, 8, 6, -0.5, 2, 2.5, -1, 4, -6, 3, 1.5, -7, 0.75];

    private static readonly double[] Cotangent = [1, -2, 0.5, 3, 1, -1, 2, 0.25, -3, 1, 2, 4, -1, 0.5, 2, -2, 1, 3, -0.5, 1, 2, -4, 1, 0.5];

    private static readonly Dictionary<string, Func<Tensor, double, Tensor>> Norms = new()
    {
        ["RmsNorm"] = (x, epsilon) => x.RmsNorm([3], epsilon: epsilon),
        ["LayerNorm"] = (x, epsilon) => x.LayerNorm([3], epsilon: epsilon),
        ["BatchNorm"] = (x, epsilon) => x.BatchNorm(epsilon: epsilon),
        ["GroupNorm"] = (x, epsilon) => x.GroupNorm(2, epsilon: epsilon),
        ["InstanceNorm"] = (x, epsilon) => x.InstanceNorm(epsilon: epsilon),
        ["Standardize over the first axis"] = (x, epsilon) => x.Standardize(0, epsilon),
    };

    public static TheoryData<string> Names => [.. Norms.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Values_are_those_of_the_usual_size_and_gradients_go_the_other_way(string name)
    {
        foreach ((DType dtype, double scale, double tolerance) in new[] { (DType.Float32, 1e30, 2e-6), (DType.Float32, 1e-30, 2e-6), (DType.Float64, 1e200, 1e-14), (DType.Float64, 1e-200, 1e-14) })
        {
            (double[] value, double[] gradient) = Both(Norms[name], Usual, DType.Float64, 0);
            (double[] scaled, double[] scaledGradient) = Both(Norms[name], Array.ConvertAll(Usual, element => element * scale), dtype, 0);
            AreNear(value, scaled, tolerance);
            AreNear(gradient, Array.ConvertAll(scaledGradient, element => element * scale), tolerance * 4);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Small_elements_beside_the_usual_epsilon_are_divided_by_its_root(string name)
    {
        // In float64 no square underflows.
        double root = Math.Sqrt(1e-5);
        (double[] once, double[] gradient) = Both(Norms[name], Array.ConvertAll(Usual, element => element * 1e-30), DType.Float32, 1e-5);
        (double[] reference, double[] referenceGradient) = Both(Norms[name], Array.ConvertAll(Usual, element => element * 1e-30), DType.Float64, 1e-5);
        Assert.All(once.Zip(reference), pair => Assert.InRange(pair.First - pair.Second, -2e-35 / root, 2e-35 / root));
        AreNear(referenceGradient, gradient, 4e-6);
        Assert.True(once.Max() > 1e-28);
    }

    [Theory, MemberData(nameof(Names))]
    public void Elements_of_the_usual_size_keep_their_bits_beside_large_ones(string name)
    {
        // Example 0 is usual in both, example 1 large in one; batch norms see channel 0 usual and channel 3 large.
        bool isByExample = name is "RmsNorm" or "LayerNorm" or "GroupNorm" or "InstanceNorm";
        bool IsLarge(int i) => isByExample ? i >= 12 : name == "BatchNorm" ? i / 3 % 4 == 3 : i % 12 >= 9;
        double[] mixed = [.. Usual.Select((element, i) => IsLarge(i) ? element * 1e30 : element)];
        (double[] value, double[] gradient) = Both(Norms[name], Usual, DType.Float32, 1e-5);
        (double[] beside, double[] besideGradient) = Both(Norms[name], mixed, DType.Float32, 1e-5);
        for (int i = 0; i < Usual.Length; i++)
        {
            if (IsLarge(i)) continue;
            Assert.Equal(value[i], beside[i]);
            Assert.Equal(gradient[i], besideGradient[i]);
        }
    }

    [Fact]
    public void A_compiled_norm_takes_large_elements_after_usual_ones_and_usual_ones_again()
    {
        foreach (string name in new[] { "RmsNorm", "BatchNorm" })
        {
            CompiledFunction compiled = Compile.Of((Tensor x) => Norms[name](x, 1e-5));
            foreach (double scale in new[] { 1, 1e30, 1 })
            {
                Tensor x = Of(Array.ConvertAll(Usual, element => element * scale), DType.Float32);
                Assert.Equal(Norms[name](x, 1e-5).ToArray<float>(), compiled.Run(x).ToArray<float>());
            }
        }
    }

    private static (double[] Value, double[] Gradient) Both(Func<Tensor, double, Tensor> norm, double[] elements, DType dtype, double epsilon)
    {
        Tensor x = Of(elements, dtype).RequiresGrad();
        Tensor y = norm(x, epsilon);
        return (y.ToArray<double>(), Differentiate.Gradients(y, [x], Of(Cotangent, dtype))[0].ToArray<double>());
    }

    private static Tensor Of(double[] elements, DType dtype) => Tensor.From(elements).To(dtype).Reshape([2, 4, 3]);

    private static void AreNear(double[] expected, double[] actual, double tolerance) =>
        Assert.All(actual.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - tolerance * Math.Max(1, Math.Abs(pair.Second)), pair.Second + tolerance * Math.Max(1, Math.Abs(pair.Second))));
}
