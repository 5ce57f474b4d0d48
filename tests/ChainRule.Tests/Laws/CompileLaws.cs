namespace ChainRule.Tests.Laws;

/// <summary>What every operation promises of compiled functions: the bits of the function itself, whatever the values.</summary>
public sealed class CompileLaws
{
    /// <summary>The recording, the checked replays, and one that is not checked.</summary>
    private const int Calls = CompiledProgram.CheckedReplays + 2;

    public static TheoryData<string> Names => [.. OpCases.All.Where(row => !row.ReadsValues).Select(row => row.Name)];

    public static TheoryData<string> Smooth => [.. OpCases.All.Where(row => row.Order > 0 && !row.ReadsValues).Select(row => row.Name)];

    public static TheoryData<string> Reading => [.. OpCases.All.Where(row => row.ReadsValues).Select(row => row.Name)];

    public static TheoryData<string> Large => [.. OpCases.All.Where(row => row.Large?.Length == row.Arity && !row.ReadsValues).Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_replay_has_the_bits_of_the_function(string name)
    {
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            foreach (Variant variant in OpCases.Named(name).Variants)
            {
                CompiledFunction compiled = Compile.Of((Tensor[] x) => variant.Function(x));
                for (int seed = 0; seed < Calls; seed++)
                {
                    Tensor[] x = variant.Sample(new RandomKey(seed), dtype);
                    Compare.SameBits(variant.Function(x), compiled.Run(x), $"{name}, {dtype}, seed {seed}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Smooth))]
    public void A_gradient_inside_has_the_bits_of_one_outside(string name)
    {
        foreach (Variant variant in OpCases.Named(name).Variants)
        {
            Func<Tensor[], Tensor[]> gradients = x => Gradients(variant, x);
            CompiledFunction compiled = Compile.Of(gradients);
            for (int seed = 0; seed < Calls; seed++)
            {
                Tensor[] x = variant.Sample(new RandomKey(seed));
                Tensor[] expected = gradients(x), actual = compiled.RunAll(x);
                Assert.Equal(expected.Length, actual.Length);
                for (int i = 0; i < expected.Length; i++)
                    Compare.SameBits(expected[i], actual[i], $"{name}, gradient {i}, seed {seed}");
            }
        }
    }

    [Theory, MemberData(nameof(Large))]
    public void A_replay_of_many_tiles_has_the_bits_of_the_function(string name)
    {
        OpCase row = OpCases.Named(name);
        Variant variant = row.Variants[0];
        Func<Tensor[], Tensor> function = x => variant.Function(x).To(DType.Float32) * 2 + 1;
        CompiledFunction compiled = Compile.Of(function);
        for (int seed = 0; seed < 2; seed++)
        {
            Tensor[] x = [.. row.Large!.Select((shape, i) => Tensor.Uniform(shape, new RandomKey((10 * seed) + i), variant.Operands[i].Low, variant.Operands[i].High))];
            Compare.SameBits(function(x), compiled.Run(x), $"{name}, seed {seed}");
        }
    }

    [Theory, MemberData(nameof(Reading))]
    public void What_must_read_values_refuses_to_be_compiled(string name)
    {
        Variant variant = OpCases.Named(name).Variants[0];
        var refusal = Assert.Throws<CompileException>(() => Compile.Of((Tensor[] x) => variant.Function(x)).Run(variant.Sample(new RandomKey(1))));
        Assert.StartsWith($"{name}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_law_holds_for_every_operation_that_reads_no_values() =>
        Assert.Equal(OpCases.All.Length, Names.Count + Reading.Count);

    // By Backward, on leaves that the function makes of its arguments.
    private static Tensor[] Gradients(Variant variant, Tensor[] x)
    {
        Tensor[] leaves = [.. x];
        foreach (int i in variant.Differentiable)
            leaves[i] = x[i].Detach().RequiresGrad();
        Tensor y = variant.Function(leaves);
        if (y.IsTracked)
            (y * Tensor.Uniform(y.Shape, new RandomKey(100), 0.5, 1.5, y.DType)).Sum().Backward();
        return [y, .. variant.Differentiable.Select(i => leaves[i].Grad ?? Tensor.Zeros(x[i].Shape, x[i].DType))];
    }
}
