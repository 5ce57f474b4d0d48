namespace ChainRule.Tests.Laws;

/// <summary>What every operation promises of batches: the same bits as one example after the other, whichever operands differ.</summary>
public sealed class VmapLaws
{
    private const int Examples = 3;

    public static TheoryData<string> Names => [.. OpCases.All.Where(row => !row.ReadsValues).Select(row => row.Name)];

    public static TheoryData<string> Smooth => [.. OpCases.All.Where(row => row.Order > 0 && !row.ReadsValues).Select(row => row.Name)];

    public static TheoryData<string> Reading => [.. OpCases.All.Where(row => row.ReadsValues).Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_batch_is_one_example_after_the_other(string name)
    {
        int checks = 0;
        foreach ((Variant variant, Tensor[][] examples, int chosen) in Batches(name))
        {
            Tensor[] expected = Array.ConvertAll(examples, x => variant.Function(x));
            Tensor actual = Differentiate.Vmap(x => [variant.Function(x)], Axes(variant, chosen))(Stacked(variant, examples, chosen))[0];
            for (int i = 0; i < Examples; i++)
                Compare.SameBits(expected[i], actual[i], $"{name}, operands {chosen:b}, example {i}");
            checks++;
        }
        Assert.True(checks > 0);
    }

    [Theory, MemberData(nameof(Smooth))]
    public void The_gradient_of_a_batch_is_that_of_each_example(string name)
    {
        foreach ((Variant variant, Tensor[][] examples, int chosen) in Batches(name))
        {
            Func<Tensor[], Tensor[]> gradients = x =>
            {
                Tensor[] inputs = [.. variant.Differentiable.Select(i => x[i])];
                return Differentiate.Grad(v => Projected(variant.Function(With(variant, x, v))))(inputs);
            };
            Tensor[][] expected = Array.ConvertAll(examples, x => gradients(x));
            Tensor[] actual = Differentiate.Vmap(gradients, Axes(variant, chosen))(Stacked(variant, examples, chosen));
            for (int i = 0; i < Examples; i++)
            {
                for (int input = 0; input < actual.Length; input++)
                    Near(expected[i][input], actual[input][i], $"{name}, operands {chosen:b}, example {i}, input {input}");
            }
        }
    }

    [Theory, MemberData(nameof(Smooth))]
    public void The_tangent_of_a_batch_is_that_of_each_example(string name)
    {
        foreach ((Variant variant, Tensor[][] examples, int chosen) in Batches(name))
        {
            Func<Tensor[], Tensor[]> tangent = x =>
            {
                Tensor[] inputs = [.. variant.Differentiable.Select(i => x[i])];
                Tensor[] directions = [.. inputs.Select((input, i) => Weights(input.Shape, 60 + i))];
                return [Differentiate.Jvp(v => variant.Function(With(variant, x, v)), inputs, directions).Tangent];
            };
            Tensor actual = Differentiate.Vmap(tangent, Axes(variant, chosen))(Stacked(variant, examples, chosen))[0];
            for (int i = 0; i < Examples; i++)
                Near(tangent(examples[i])[0], actual[i], $"{name}, operands {chosen:b}, example {i}");
        }
    }

    [Theory, MemberData(nameof(Reading))]
    public void What_must_read_values_refuses_a_batch(string name)
    {
        Variant variant = OpCases.Named(name).Variants[0];
        Tensor[][] examples = [variant.Sample(new RandomKey(1)), variant.Sample(new RandomKey(2))];
        int all = (1 << variant.Operands.Length) - 1;
        var refusal = Assert.Throws<DifferentiationException>(() => Differentiate.Vmap(x => [variant.Function(x)], Axes(variant, all))(Stacked(variant, examples, all)));
        Assert.StartsWith($"{name}: ", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Every variant with every choice of operands that differ from example to example.</summary>
    private static IEnumerable<(Variant Variant, Tensor[][] Examples, int Chosen)> Batches(string name)
    {
        foreach (Variant variant in OpCases.Named(name).Variants)
        {
            for (int chosen = 1; chosen < 1 << Math.Min(variant.Operands.Length, 4); chosen++)
            {
                var examples = new Tensor[Examples][];
                for (int i = 0; i < Examples; i++)
                {
                    Tensor[] x = variant.Sample(new RandomKey(10 + i));
                    examples[i] = [.. x.Select((own, operand) => IsChosen(chosen, operand) ? own : examples[0] is { } first ? first[operand] : own)];
                }
                yield return (variant, examples, chosen);
            }
        }
    }

    private static bool IsChosen(int chosen, int operand) => (chosen >> operand & 1) != 0;

    private static int?[] Axes(Variant variant, int chosen) => [.. variant.Operands.Select((_, operand) => IsChosen(chosen, operand) ? (int?)0 : null)];

    private static Tensor[] Stacked(Variant variant, Tensor[][] examples, int chosen) =>
        [.. variant.Operands.Select((_, operand) => IsChosen(chosen, operand) ? Tensor.Stack(Array.ConvertAll(examples, x => x[operand])) : examples[0][operand])];

    private static Tensor[] With(Variant variant, Tensor[] x, Tensor[] inputs)
    {
        Tensor[] all = [.. x];
        for (int i = 0; i < inputs.Length; i++)
            all[variant.Differentiable[i]] = inputs[i];
        return all;
    }

    private static void Near(Tensor expected, Tensor actual, string because)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double[] values = expected.ToArray<double>();
        Compare.Close(values, actual.ToArray<double>(), 1e-13, 1e-14 * values.Append(1e-3).Max(Math.Abs), because);
    }

    private static Tensor Projected(Tensor y) => (y * Weights(y.Shape, 100)).Sum();

    private static Tensor Weights(Shape shape, long seed) => Tensor.Uniform(shape, new RandomKey(seed), 0.5, 1.5, DType.Float64);
}
