using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels;

public sealed class LaneTests
{
    private const int Count = 8192;

    private static readonly float[][] Single = [.. Enumerable.Range(0, 3).Select(k => LanePatterns.Singles(k, Count))];
    private static readonly double[][] Double = [.. Enumerable.Range(0, 3).Select(k => LanePatterns.Doubles(k, Count))];

    /// <summary>The widths that this processor has: what it has not is left out, not skipped.</summary>
    public static TheoryData<int> Widths =>
        [.. new[] { 128, 256, 512 }.Where(bits => bits == 128 || (bits == 256 ? Avx2.IsSupported : Avx512F.IsSupported))];

    [Theory, MemberData(nameof(Widths))]
    public void Lanes_agree_with_one_element(int bits)
    {
        switch (bits)
        {
            case 128:
                LaneAgreement<Single128, Single1, float>.Check(Single[0], Single[1], Single[2]);
                LaneAgreement<Double128, Double1, double>.Check(Double[0], Double[1], Double[2]);
                break;
            case 256:
                LaneAgreement<Single256, Single1, float>.Check(Single[0], Single[1], Single[2]);
                LaneAgreement<Double256, Double1, double>.Check(Double[0], Double[1], Double[2]);
                break;
            default:
                LaneAgreement<Single512, Single1, float>.Check(Single[0], Single[1], Single[2]);
                LaneAgreement<Double512, Double1, double>.Check(Double[0], Double[1], Double[2]);
                break;
        }
    }

    [Fact]
    public void Masks_go_to_bytes_and_back()
    {
        LaneAgreement<Single1, Single1, float>.CheckMasks(Single[0], Single[1]);
        LaneAgreement<Double1, Double1, double>.CheckMasks(Double[0], Double[1]);
        LaneAgreement<Single128, Single1, float>.CheckMasks(Single[0], Single[1]);
        LaneAgreement<Double128, Double1, double>.CheckMasks(Double[0], Double[1]);
        if (Avx2.IsSupported)
        {
            LaneAgreement<Single256, Single1, float>.CheckMasks(Single[0], Single[1]);
            LaneAgreement<Double256, Double1, double>.CheckMasks(Double[0], Double[1]);
        }
        if (Avx512F.IsSupported)
        {
            LaneAgreement<Single512, Single1, float>.CheckMasks(Single[0], Single[1]);
            LaneAgreement<Double512, Double1, double>.CheckMasks(Double[0], Double[1]);
        }
    }

    [Fact]
    public void One_float_computes_what_the_standard_says()
    {
        for (var i = 0; i < Count; i++)
        {
            var (a, b, c) = (Single[0][i], Single[1][i], Single[2][i]);
            var (x, y, z) = (new Single1(a), new Single1(b), new Single1(c));
            Same(MathF.Min(a, b), Single1.Min(x, y).Value);
            Same(MathF.Max(a, b), Single1.Max(x, y).Value);
            Same(a < b ? a : b, Single1.Lesser(x, y).Value);
            Same(a > b ? a : b, Single1.Greater(x, y).Value);
            Same(MathF.Floor(a), Single1.Floor(x).Value);
            Same(MathF.Ceiling(a), Single1.Ceiling(x).Value);
            Same(MathF.Truncate(a), Single1.Truncate(x).Value);
            Same(MathF.Round(a, MidpointRounding.ToEven), Single1.Round(x).Value);
            Same(MathF.FusedMultiplyAdd(a, b, c), Single1.Fma(x, y, z).Value);
            var product = a * b;
            Same(MathF.FusedMultiplyAdd(a, b, -product), Single1.Fma(x, y, new(-product)).Value);
            Same(a == b ? -1 : 0, BitConverter.SingleToInt32Bits(Single1.Equal(x, y).Value));
            Same(a < b ? -1 : 0, BitConverter.SingleToInt32Bits(Single1.LessThan(x, y).Value));
            Same(a <= b ? -1 : 0, BitConverter.SingleToInt32Bits(Single1.LessOrEqual(x, y).Value));
        }
    }

    [Fact]
    public void One_double_computes_what_the_standard_says()
    {
        for (var i = 0; i < Count; i++)
        {
            var (a, b, c) = (Double[0][i], Double[1][i], Double[2][i]);
            var (x, y, z) = (new Double1(a), new Double1(b), new Double1(c));
            Same(Math.Min(a, b), Double1.Min(x, y).Value);
            Same(Math.Max(a, b), Double1.Max(x, y).Value);
            Same(a < b ? a : b, Double1.Lesser(x, y).Value);
            Same(a > b ? a : b, Double1.Greater(x, y).Value);
            Same(Math.Floor(a), Double1.Floor(x).Value);
            Same(Math.Ceiling(a), Double1.Ceiling(x).Value);
            Same(Math.Truncate(a), Double1.Truncate(x).Value);
            Same(Math.Round(a, MidpointRounding.ToEven), Double1.Round(x).Value);
            Same(Math.FusedMultiplyAdd(a, b, c), Double1.Fma(x, y, z).Value);
            var product = a * b;
            Same(Math.FusedMultiplyAdd(a, b, -product), Double1.Fma(x, y, new(-product)).Value);
            Same(a == b ? -1 : 0, BitConverter.DoubleToInt64Bits(Double1.Equal(x, y).Value));
            Same(a < b ? -1 : 0, BitConverter.DoubleToInt64Bits(Double1.LessThan(x, y).Value));
            Same(a <= b ? -1 : 0, BitConverter.DoubleToInt64Bits(Double1.LessOrEqual(x, y).Value));
        }
    }

    [Fact]
    public void Scale_rounds_once_into_the_subnormals()
    {
        var random = new Random(5);
        for (var n = -252; n <= 252; n++)
        {
            var a = (float)(random.NextDouble() - 0.5);
            Same((float)(a * Math.ScaleB(1, n)), Single1.Scale(new(a), new(n)).Value);
            // Of 53 bits, the lowest ones fall below the smallest subnormal; a product of a power of two rounds once there.
            var d = 1 + random.NextDouble();
            var exponent = n - 1000;
            Same(d * Math.ScaleB(1, exponent / 2) * Math.ScaleB(1, exponent - exponent / 2), Double1.Scale(new(d), new(exponent)).Value);
        }
        Same(float.PositiveInfinity, Single1.Scale(new(1), new(128)).Value);
        Same(double.PositiveInfinity, Double1.Scale(new(1), new(1024)).Value);
        Same(double.Epsilon, Double1.Scale(new(1), new(-1074)).Value);
        Same(float.Epsilon, Single1.Scale(new(1), new(-149)).Value);
    }

    [Theory]
    [InlineData(1f, 1.1920929e-7f, 5.9604645e-8f)]
    [InlineData(16777215f, 16777215f, -1e-30f)]
    [InlineData(16777215f, 16777217f, 1e-30f)]
    [InlineData(3.4028235e38f, 2f, -3.4028235e38f)]
    [InlineData(1.1754944e-38f, 0.50000006f, 1e-45f)]
    [InlineData(-1.1754944e-38f, 1.1754944e-38f, 1f)]
    [InlineData(-1.1754944e-38f, 1.1754944e-38f, 1.1754944e-38f)]
    [InlineData(1f, -1f, 1f)]
    [InlineData(float.PositiveInfinity, 0f, 1f)]
    [InlineData(float.PositiveInfinity, 1f, float.NegativeInfinity)]
    [InlineData(float.MaxValue, float.MaxValue, float.NegativeInfinity)]
    public void Fma_rounds_once_where_two_roundings_differ(float a, float b, float c) =>
        Same(MathF.FusedMultiplyAdd(a, b, c), Single128.Fma(Single128.Broadcast(a), Single128.Broadcast(b), Single128.Broadcast(c)).Value[3]);

    private static void Same<T>(T expected, T actual) where T : unmanaged => Assert.Equal(
        expected is float or double ? LanePatterns.Pattern(expected, false) : (int)(object)expected,
        actual is float or double ? LanePatterns.Pattern(actual, false) : (int)(object)actual);

    private static void Same(int expected, long actual) => Assert.Equal(expected, actual);
}
