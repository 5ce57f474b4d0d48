namespace ChainRule.Tests.Kernels;

/// <summary>Bit patterns for lanes: specials, neighbours of powers of two, integers, and random bits of every binade.</summary>
internal static class LanePatterns
{
    /// <summary>Repeated to a multiple of this, which every lane's count divides.</summary>
    private const int Block = 16;

    public static float[] Singles(int seed, int count)
    {
        float[] special =
        [
            0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, -1.5f, 2.5f, -2.5f, float.Epsilon, -float.Epsilon,
            float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
            BitConverter.Int32BitsToSingle(0x00800000), BitConverter.Int32BitsToSingle(0x007FFFFF),
            BitConverter.Int32BitsToSingle(unchecked((int)0x807FFFFF)), 8388607.5f, -8388607.5f, 8388608f, 16777216f,
            BitConverter.Int32BitsToSingle(0x7FC12345), BitConverter.Int32BitsToSingle(-1),
        ];
        return Fill(special, seed, count, random => random.Next(3) == 0
            ? (random.Next(-1000, 1000) * 0.5f)
            : BitConverter.Int32BitsToSingle(unchecked((int)random.NextInt64())));
    }

    public static double[] Doubles(int seed, int count)
    {
        double[] special =
        [
            0d, -0d, 1d, -1d, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, double.Epsilon, -double.Epsilon,
            double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
            BitConverter.Int64BitsToDouble(0x0010000000000000), BitConverter.Int64BitsToDouble(0x000FFFFFFFFFFFFF),
            4503599627370495.5, -4503599627370495.5, 4503599627370496d, 9007199254740992d,
            BitConverter.Int64BitsToDouble(0x7FF8123456789ABC), BitConverter.Int64BitsToDouble(-1),
        ];
        return Fill(special, seed, count, random => random.Next(3) switch
        {
            0 => random.Next(-1000, 1000) * 0.5,
            1 => BitConverter.Int32BitsToSingle(unchecked((int)random.NextInt64())),
            _ => BitConverter.Int64BitsToDouble(random.NextInt64() ^ (random.NextInt64() << 1)),
        });
    }

    /// <summary>Every pair of specials comes up, because the second operand is the first one's shuffle by another stride.</summary>
    private static T[] Fill<T>(T[] special, int seed, int count, Func<Random, T> next)
    {
        var random = new Random(seed);
        var values = new T[(count + Block - 1) / Block * Block];
        var pairs = special.Length * special.Length;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i >= pairs ? next(random) : (seed % 3) switch
            {
                0 => special[i % special.Length],
                1 => special[i / special.Length],
                _ => special[random.Next(special.Length)],
            };
        }
        return values;
    }

    /// <summary>The pattern as an integer, NaNs made one where which NaN is left open.</summary>
    public static long Pattern<T>(T value, bool exactNaN) where T : unmanaged => value switch
    {
        float f when float.IsNaN(f) && !exactNaN => BitConverter.SingleToInt32Bits(float.NaN),
        double d when double.IsNaN(d) && !exactNaN => BitConverter.DoubleToInt64Bits(double.NaN),
        float f => BitConverter.SingleToInt32Bits(f),
        double d => BitConverter.DoubleToInt64Bits(d),
        _ => throw new ArgumentException(typeof(T).Name),
    };
}
