using System.Numerics;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

[Collection<Alone>]
public sealed unsafe class ElementwiseTests
{
    /// <summary>Every remainder of every lane, and both sides of the borders of tiles and of the threads' ranges.</summary>
    private static readonly long[] Lengths =
        [.. Enumerable.Range(0, 101), 1023, 1024, 1025, 2047, 2048, 2049, Ranges.Alone - 1, Ranges.Alone, Ranges.Alone + 1, 100_003];

    /// <summary>Sizes that merge to no, one, two and three axes, with rows on both sides of what is read in place.</summary>
    private static readonly long[][] Shapes =
        [[], [1], [7], [1500], [0, 3], [1, 5, 1], [3, 4], [40, 60], [5, 200], [2, 1100], [3, 5, 7], [2, 3, 4, 5, 6], [12, 1, 130]];

    [Fact]
    public void Contiguous_float_operands_of_every_length() => Lengths_agree<float>();

    [Fact]
    public void Contiguous_double_operands_of_every_length() => Lengths_agree<double>();

    [Fact]
    public void Contiguous_int_operands_of_every_length() => Lengths_agree<int>();

    [Fact]
    public void Contiguous_long_operands_of_every_length() => Lengths_agree<long>();

    [Fact]
    public void Float_operands_of_every_layout() => Layouts_agree<float>();

    [Fact]
    public void Double_operands_of_every_layout() => Layouts_agree<double>();

    [Fact]
    public void Int_operands_of_every_layout() => Layouts_agree<int>();

    [Fact]
    public void Long_operands_of_every_layout() => Layouts_agree<long>();

    [Fact]
    public void The_result_may_be_an_operand()
    {
        foreach (long length in new long[] { 1, 5, 16, 31, 100, 2000, 100_003 })
        {
            View<float> a = View<float>.Contiguous([length], Value<float>), b = View<float>.Contiguous([length], i => Value<float>(i + 5));
            float[] first = a.Elements(), second = b.Elements();
            Elementwise.Unary(new Kernel.Scale(3), a.Strided, a.Strided.Data);
            Bits.Same<float>([.. first.Select(x => 3 * x)], a.Elements(), length);
            Elementwise.Binary(default(Kernel.MinusTriple), b.Strided, a.Strided, a.Strided.Data);
            Bits.Same<float>([.. first.Zip(second, (x, y) => y - 3 * (3 * x))], a.Elements(), length);
            Elementwise.Ternary(default(Kernel.TimesMinus), b.Strided, b.Strided, b.Strided, b.Strided.Data);
            Bits.Same<float>([.. second.Select(y => y * y - y)], b.Elements(), length);
        }
    }

    [Fact]
    public void Special_values_give_the_same_bits_in_every_position()
    {
        float[] x = LanePatterns.Singles(0, 1000), y = LanePatterns.Singles(1, 1000);
        float[] expected = [.. x.Zip(y, (a, b) => a - 3 * b)];
        foreach (int shift in new[] { 0, 1, 7, 13 })
        {
            int length = x.Length - shift;
            View<float> a = View<float>.Contiguous([length], i => x[Math.Min(i + shift, x.Length - 1)]);
            View<float> b = View<float>.Contiguous([length], i => y[Math.Min(i + shift, y.Length - 1)]);
            var result = new Guarded<float>(length);
            Elementwise.Binary(default(Kernel.MinusTriple), a.Strided, b.Strided, result.Pointer);
            Bits.Same<float>(expected.AsSpan(shift), result.Elements(), shift);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void The_number_of_threads_changes_nothing(int threads)
    {
        using var _ = new Threads(threads);
        foreach (View<float> a in View<float>.Layouts([250, 7, 60], Value<float>))
        {
            View<float> b = View<float>.Contiguous(a.Sizes, i => Value<float>(i + 1));
            var result = new Guarded<float>(a.Count);
            Elementwise.Binary(default(Kernel.MinusTriple), a.Strided, b.Strided, result.Pointer);
            Bits.Same<float>([.. a.Elements().Zip(b.Elements(), (x, y) => x - 3 * y)], result.Elements(), $"{a}, {threads} threads");
        }
    }

    private static void Lengths_agree<T>() where T : unmanaged, INumber<T>
    {
        foreach (long length in Lengths)
        {
            View<T> a = View<T>.Contiguous([length], Value<T>), b = View<T>.Contiguous([length], i => Value<T>(3 * i + 1)), c = View<T>.Contiguous([length], i => Value<T>(i * i));
            All_operations_agree(a, b, c);
        }
    }

    private static void Layouts_agree<T>() where T : unmanaged, INumber<T>
    {
        foreach (long[] sizes in Shapes)
        {
            View<T>[] firsts = [.. View<T>.Layouts(sizes, Value<T>)], others = [.. View<T>.Layouts(sizes, i => Value<T>(3 * i + 1))];
            for (int i = 0; i < firsts.Length; i++)
            {
                // Each layout meets a contiguous operand and, over the shapes, several others.
                All_operations_agree(firsts[i], others[0], others[(i + sizes.Length) % others.Length]);
                All_operations_agree(others[(i * 3 + 1) % others.Length], firsts[i], others[(i * 5 + 2) % others.Length]);
            }
        }
    }

    private static void All_operations_agree<T>(View<T> a, View<T> b, View<T> c) where T : unmanaged, INumber<T>
    {
        T three = T.CreateChecked(3);
        T[] x = a.Elements(), y = b.Elements(), z = c.Elements();
        string context = $"{a}, {b}, {c}";

        var scaled = new Guarded<T>(x.Length);
        Elementwise.Unary(new Kernel.Scale(3), a.Strided, scaled.Pointer);
        Bits.Same<T>([.. x.Select(v => three * v)], scaled.Elements(), context);

        var two = new Guarded<T>(x.Length);
        Elementwise.Binary(default(Kernel.MinusTriple), a.Strided, b.Strided, two.Pointer);
        Bits.Same<T>([.. x.Zip(y, (v, w) => v - three * w)], two.Elements(), context);

        var all = new Guarded<T>(x.Length);
        Elementwise.Ternary(default(Kernel.TimesMinus), a.Strided, b.Strided, c.Strided, all.Pointer);
        Bits.Same<T>([.. x.Zip(y, z).Select(v => v.First * v.Second - v.Third)], all.Elements(), context);

        var mask = new Guarded<byte>(x.Length);
        Elementwise.Compare(default(Kernel.Less), a.Strided, b.Strided, mask.Pointer);
        Bits.Same<byte>([.. x.Zip(y, (v, w) => v < w ? (byte)1 : (byte)0)], mask.Elements(), context);

        Elementwise.Test(default(Kernel.IsNegative), a.Strided, mask.Pointer);
        Bits.Same<byte>([.. x.Select(v => v < T.Zero ? (byte)1 : (byte)0)], mask.Elements(), context);
    }

    /// <summary>Small numbers of both signs, not integral if T has others.</summary>
    private static T Value<T>(int i) where T : unmanaged, INumber<T> =>
        T.CreateChecked((i * 7919L % 201 + 201) % 201 - 100) / (T.CreateTruncating(0.5) == T.Zero ? T.One : T.CreateChecked(7));
}
