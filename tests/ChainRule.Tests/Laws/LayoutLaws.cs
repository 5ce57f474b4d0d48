using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Laws;

/// <summary>Neither the layout in memory, nor the position in a tensor, nor the number of threads changes a bit.</summary>
[Collection<Alone>]
public sealed class LayoutLaws
{
    public static TheoryData<string> Names => OpCases.Names;

    public static TheoryData<string> ScalarNames => [.. OpCases.All.Where(row => row.Scalar is not null).Select(row => row.Name)];

    public static TheoryData<string> LargeNames => [.. OpCases.All.Where(row => row.Large is not null).Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_layout_gives_the_same_bits(string name)
    {
        int checks = 0;
        foreach (Variant variant in OpCases.Named(name).Variants)
        {
            Tensor[] x = variant.Sample(new RandomKey(60));
            foreach ((string layout, Func<Tensor, Tensor?> lay) in Layouts.All)
            {
                for (int operand = -1; operand < x.Length; operand++)
                {
                    // -1 lays out all of them.
                    Tensor[] laid = [.. x.Select((input, i) => operand < 0 || i == operand ? lay(input) ?? input : input)];
                    if (laid.SequenceEqual(x)) continue;
                    Same(variant, Array.ConvertAll(laid, input => input.Clone()), laid, $"{name}, {layout}, operand {operand}");
                    checks++;
                }
            }
        }
        Assert.True(checks > 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_layout_of_the_cotangent_gives_the_same_bits(string name)
    {
        OpCase row = OpCases.Named(name);
        foreach (Variant variant in row.Variants.Where(_ => row.Order > 0))
        {
            Tensor[] x = variant.Sample(new RandomKey(61));
            Tensor seed = Tensor.Normal(variant.Function(x).Shape, new RandomKey(62), dtype: DType.Float64);
            foreach ((string layout, Func<Tensor, Tensor?> lay) in Layouts.All)
            {
                if (lay(seed) is not { } laid) continue;
                Tensor[] expected = Gradients(variant, x, laid.Clone()).Gradients, actual = Gradients(variant, x, laid).Gradients;
                for (int i = 0; i < actual.Length; i++)
                    Compare.SameBits(expected[i], actual[i], $"{name}, cotangent {layout}, gradient {i}");
            }
        }
    }

    [Theory, MemberData(nameof(ScalarNames))]
    public void A_value_does_not_depend_on_its_position(string name)
    {
        // Up to twice the widest vector and one more, in both types.
        const int Longest = 33;
        Variant variant = OpCases.Named(name).Variants[0];
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor[] x = [.. variant.Operands.Select((operand, i) => Tensor.Uniform([Longest + 1], new RandomKey(70 + i), operand.Low, operand.High, dtype))];
            Tensor alone = Tensor.Stack([.. Enumerable.Range(0, Longest + 1).Select(i => variant.Function(Array.ConvertAll(x, input => input[i])))]);
            for (int length = 0; length <= Longest; length++)
            {
                for (int start = 0; start < 2 && start + length <= Longest; start++)
                    Compare.SameBits(alone.Slice(0, start, length), variant.Function(Array.ConvertAll(x, input => input.Slice(0, start, length))), $"{name}, {dtype}, {length} from {start}");
            }
        }
    }

    [Theory, MemberData(nameof(LargeNames))]
    public void One_thread_and_two_give_the_same_bits(string name)
    {
        OpCase row = OpCases.Named(name);
        Variant variant = row.Variants[0];
        Tensor[] x = [.. row.Large!.Select((shape, i) => Tensor.Uniform(shape, new RandomKey(80 + i), variant.Operands[i].Low, variant.Operands[i].High))];
        (Tensor one, Tensor[] gradientsOfOne) = OnThreads(1, () => Run(row, variant, x));
        (Tensor two, Tensor[] gradientsOfTwo) = OnThreads(2, () => Run(row, variant, x));
        Compare.SameBits(one, two, name);
        for (int i = 0; i < gradientsOfOne.Length; i++)
            Compare.SameBits(gradientsOfOne[i], gradientsOfTwo[i], $"{name}, gradient {i}");
    }

    private static void Same(Variant variant, Tensor[] expected, Tensor[] actual, string because)
    {
        Compare.SameBits(variant.Function(expected), variant.Function(actual), because);
        Tensor seed = Tensor.Normal(variant.Function(expected).Shape, new RandomKey(63), dtype: DType.Float64);
        (Tensor value, Tensor[] gradients) = Gradients(variant, expected, seed);
        (Tensor laidValue, Tensor[] laidGradients) = Gradients(variant, actual, seed);
        Compare.SameBits(value, laidValue, $"{because}, tracked");
        for (int i = 0; i < gradients.Length; i++)
            Compare.SameBits(gradients[i], laidGradients[i], $"{because}, gradient {i}");
    }

    private static (Tensor Value, Tensor[] Gradients) Gradients(Variant variant, Tensor[] x, Tensor seed)
    {
        Tensor[] inputs = [.. x.Select((input, i) => variant.Operands[i].IsSampled ? input.Alias().RequiresGrad() : input)];
        Tensor value = variant.Function(inputs);
        if (!value.IsTracked) return (value, []);
        Tensor[] leaves = [.. inputs.Where(input => input.IsTracked)];
        return (value.Detach(), Differentiate.Gradients(value, leaves, seed));
    }

    private static (Tensor Value, Tensor[] Gradients) Run(OpCase row, Variant variant, Tensor[] x)
    {
        if (row.Order == 0) return (variant.Function(x), []);
        Tensor[] inputs = Array.ConvertAll(x, input => input.Alias().RequiresGrad());
        Tensor value = variant.Function(inputs);
        return (value.Detach(), Differentiate.Gradients(value, inputs, Tensor.Normal(value.Shape, new RandomKey(90))));
    }

    private static T OnThreads<T>(int threads, Func<T> compute)
    {
        using var _ = new Threads(threads);
        return compute();
    }
}
