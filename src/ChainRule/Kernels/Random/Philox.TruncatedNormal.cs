namespace ChainRule.Kernels;

internal static unsafe partial class Philox
{
    // What lies further out than this has a probability below 2^-53, the step of a uniform number.
    private const double Outermost = 9;

    /// <summary>Standard normal numbers between bounds, by rejection: a place between the bounds is taken with its density, relative to the largest there.</summary>
    /// <remarks>Attempt t at element i has the block of the counter (i, t), so that no element depends on how often another was rejected.</remarks>
    public static void TruncatedNormal(ulong key, double low, double high, double* y, long count)
    {
        double likeliest = low > 0 ? low : high < 0 ? high : 0;
        // In a tail the density falls by e^-40 within 40 / |likeliest|.
        double reach = 40 / Math.Max(Math.Abs(likeliest), 40 / Outermost);
        Ranges.Run(count, new TruncatedNormalWork(key, Math.Max(low, likeliest - reach), Math.Min(high, likeliest + reach), likeliest, y));
    }

    private readonly struct TruncatedNormalWork(ulong key, double low, double high, double likeliest, double* y) : IRangeWork
    {
        public void Invoke(long start, long end)
        {
            for (long i = start; i < end; i++)
                y[i] = Accepted((ulong)i);
        }

        private double Accepted(ulong element)
        {
            for (ulong attempt = 0; ; attempt++)
            {
                (uint a, uint b, uint c, uint d) = Block(key, element, attempt);
                double place = low + (high - low) * (((ulong)b << 32 | a) >> 11) * (1.0 / (1L << 53));
                double chance = (((ulong)d << 32 | c) >> 11) * (1.0 / (1L << 53));
                if (chance < Double1.Exp(new Double1((likeliest - place) * (likeliest + place) / 2)).Value)
                    return place;
            }
        }
    }
}
