using System.Numerics;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

public sealed unsafe class ConvertTests
{
    private static readonly double[] Doubles =
    [
        0, -0.0, 0.5, -0.5, 0.9999999999, 1.5, -1.5, 2.5, 1e-320, -1e-320, 123456789.75, -123456789.75, 16777217, 2147483646.5, 2147483647, 2147483647.5, 2147483648,
        -2147483648, -2147483648.5, -2147483649, 4294967296.5, 9223372036854774784, 9223372036854775807, 9223372036854775808, -9223372036854775808.0, -9223372036854777856.0,
        1e19, -1e19, 1e300, -1e300, 3.4028235677973366e38, 3.5e38, 1e-46, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    private static readonly long[] Longs =
        [0, 1, -1, 16777215, 16777216, 16777217, 16777219, -16777217, int.MaxValue, int.MinValue, 2147483648, 4294967297, -4294967297, 9007199254740993, 9007199254740995, 36028799166447617, long.MaxValue, long.MinValue];

    [Fact]
    public void From_double_truncates_saturates_and_takes_NaN_to_0()
    {
        Converts<double, long>(Doubles, x => double.IsNaN(x) ? 0 : x >= 9223372036854775808 ? long.MaxValue : x < -9223372036854775808.0 ? long.MinValue : (long)new BigInteger(x));
        Converts<double, int>(Doubles, x => double.IsNaN(x) ? 0 : x >= 2147483648 ? int.MaxValue : x <= -2147483649 ? int.MinValue : (int)new BigInteger(x));
        Converts<double, byte>(Doubles, x => x != 0 ? (byte)1 : (byte)0);
        Converts<double, double>(Doubles, x => x);
    }

    [Fact]
    public void From_double_to_float_rounds_to_nearest_even()
    {
        // 1 + 2^-24 is a tie and goes to the even 1; the next double above it is not.
        Converts<double, float>([1 + Math.ScaleB(1, -24), 1 + Math.ScaleB(3, -24), Math.BitIncrement(1 + Math.ScaleB(1, -24)), 3.4028235677973366e38, 3.5e38, 7e-46, 8e-46, -0.0, double.NaN],
            new[] { 1, 1 + 2 * MathF.ScaleB(1, -23), MathF.BitIncrement(1), float.PositiveInfinity, float.PositiveInfinity, 0, float.Epsilon, -0f, float.NaN });
    }

    [Fact]
    public void From_float_truncates_saturates_and_takes_NaN_to_0()
    {
        float[] singles = [.. Doubles.Select(x => (float)x), 1.999f, 8388607.5f];
        Converts<float, long>(singles, x => float.IsNaN(x) ? 0 : x >= 9223372036854775808f ? long.MaxValue : x < -9223372036854775808f ? long.MinValue : (long)new BigInteger(x));
        Converts<float, int>(singles, x => float.IsNaN(x) ? 0 : x >= 2147483648f ? int.MaxValue : x <= -2147483904f ? int.MinValue : (int)new BigInteger(x));
        Converts<float, byte>(singles, x => x != 0 ? (byte)1 : (byte)0);
        Converts<float, double>(singles, x => x);
    }

    [Fact]
    public void From_long_to_floating_rounds_once()
    {
        Converts<long, double>([9007199254740993, 9007199254740995, long.MaxValue, -3], new[] { 9007199254740992, 9007199254740996, 9223372036854775808, -3.0 });
        // By way of a double the last but one would round twice, down to 36028797018963968.
        Converts<long, float>([16777217, 16777219, 36028799166447617, long.MinValue], new[] { 16777216f, 16777220f, 36028801313931264f, -9223372036854775808f });
    }

    [Fact]
    public void Between_integers_keeps_the_low_bits()
    {
        Converts<long, int>(Longs, x => (int)(uint)(ulong)(x & 0xFFFFFFFF));
        Converts<int, long>([.. Longs.Select(x => unchecked((int)x))], x => x);
        Converts<long, byte>(Longs, x => x != 0 ? (byte)1 : (byte)0);
        Converts<int, byte>([0, 1, -1, 256, int.MinValue], x => x != 0 ? (byte)1 : (byte)0);
    }

    [Fact]
    public void From_int_to_floating_rounds_once()
    {
        Converts<int, float>([16777217, 16777219, int.MaxValue, int.MinValue, 0, -5], new[] { 16777216f, 16777220f, 2147483648f, -2147483648f, 0f, -5f });
        Converts<int, double>([int.MaxValue, int.MinValue, 0], x => x);
    }

    [Fact]
    public void From_bool_gives_0_and_1()
    {
        byte[] truths = [0, 1, 1, 0, 1];
        Converts<byte, float>(truths, x => x);
        Converts<byte, double>(truths, x => x);
        Converts<byte, int>(truths, x => x);
        Converts<byte, long>(truths, x => x);
    }

    [Fact]
    public void Every_layout_and_length()
    {
        foreach (long[] sizes in new long[][] { [], [0], [1100], [3, 5], [40, 60], [3, 5, 7], [70_000] })
        {
            foreach (View<int> x in View<int>.Layouts(sizes, i => i * 13 - 50))
            {
                var result = new Guarded<double>(x.Count);
                Elementwise.Convert(x.Strided, result.Pointer);
                Bits.Same<double>([.. x.Elements().Select(v => (double)v)], result.Elements(), x);
            }
        }
    }

    private static void Converts<TFrom, TTo>(TFrom[] x, Func<TFrom, TTo> expected) where TFrom : unmanaged where TTo : unmanaged =>
        Converts(x, [.. x.Select(expected)]);

    private static void Converts<TFrom, TTo>(TFrom[] x, TTo[] expected) where TFrom : unmanaged where TTo : unmanaged
    {
        // Repeated, so that every value comes up in vectors and in the rest.
        View<TFrom> view = View<TFrom>.Contiguous([x.Length * 7], i => x[i % x.Length]);
        var result = new Guarded<TTo>(view.Count);
        Elementwise.Convert(view.Strided, result.Pointer);
        Bits.Same<TTo>([.. Enumerable.Range(0, 7).SelectMany(_ => expected)], result.Elements(), $"{typeof(TFrom).Name} to {typeof(TTo).Name}");
    }
}
