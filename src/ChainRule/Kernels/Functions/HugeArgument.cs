namespace ChainRule.Kernels;

/// <summary>x modulo pi/2 for the sines of huge arguments, one at a time (Payne and Hanek's method).</summary>
/// <remarks>Each function is given separately since lanes map one function of one value; huge arguments are rare.</remarks>
internal static class HugeArgument
{
    /// <summary>The multiple of pi/2 next to x, modulo 4.</summary>
    public static readonly Func<double, double> Quadrant = x => Reduce(x).Quadrant;

    /// <summary>x less that multiple.</summary>
    public static readonly Func<double, double> Remainder = x => Reduce(x).Remainder;

    /// <summary>What rounding the remainder to a double left over.</summary>
    public static readonly Func<double, double> RemainderLow = x => Reduce(x).Low;

    // The bits of 2/pi from 64 places before the point on; enough for the largest double and 190 bits more.
    private static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0,
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
        0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
        0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
        0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>For |x| of at least 2^20; NaN for infinities. Smaller ones, which share a lane with a huge one, are left alone.</summary>
    private static (double Quadrant, double Remainder, double Low) Reduce(double x)
    {
        if (!double.IsFinite(x))
            return (0, double.NaN, 0);
        if (Math.Abs(x) < 1048576)
            return (0, x, 0);

        long pattern = BitConverter.DoubleToInt64Bits(x);
        ulong mantissa = ((ulong)pattern & 0x000FFFFFFFFFFFFF) | 0x0010000000000000;
        int exponent = (int)((pattern >> 52) & 0x7FF) - 1075;

        // x = mantissa 2^exponent: bits of 2/pi that give multiples of 4 quadrants drop out, the next 192 count.
        int first = 64 + exponent - 2;
        UInt128 high = (UInt128)(Word(first) * mantissa) << 64;
        UInt128 middle = (UInt128)Word(first + 64) * mantissa;
        UInt128 low = (UInt128)Word(first + 128) * mantissa >> 64;
        UInt128 turns = high + middle + low;

        // Two bits of quadrant, then a signed fraction of one.
        int quadrant = (int)(turns >> 126);
        UInt128 fraction = turns << 2;
        bool above = (fraction >> 127) != 0;
        if (above)
            fraction = UInt128.Zero - fraction;

        double sign = above != (x < 0) ? -1 : 1;
        (double remainder, double rest) = TimesHalfPi(fraction);
        int next = (quadrant + (above ? 1 : 0)) & 3;
        return (x < 0 ? -next & 3 : next, sign * remainder, sign * rest);
    }

    /// <summary>The 64 bits of 2/pi from the given place on.</summary>
    private static ulong Word(int place)
    {
        int word = place >> 6, shift = place & 63;
        return shift == 0 ? TwoOverPi[word] : (TwoOverPi[word] << shift) | (TwoOverPi[word + 1] >> (64 - shift));
    }

    /// <summary>fraction 2^-128 pi/2 as a double and its rest.</summary>
    private static (double High, double Low) TimesHalfPi(UInt128 fraction)
    {
        const double halfPi = 1.5707963267948966, halfPiRest = 6.123233995736766e-17;
        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        UInt128 normal = fraction << zeros;
        double a = (double)(ulong)(normal >> 75) * Math.ScaleB(1, 75 - zeros - 128);
        double b = (double)(ulong)((normal << 53) >> 75) * Math.ScaleB(1, 22 - zeros - 128);

        double product = a * halfPi;
        double rest = Math.FusedMultiplyAdd(a, halfPi, -product) + (a * halfPiRest + b * halfPi);
        double high = product + rest;
        return (high, (product - high) + rest);
    }
}
