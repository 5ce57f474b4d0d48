namespace ChainRule.Kernels;

internal static unsafe partial class Philox
{
    /// <summary>Integers from low on, each of the <paramref name="range"/> next ones equally likely but for range / 2^64.</summary>
    /// <remarks>Element i is the number of words 2 (i % 2) and 2 (i % 2) + 1 of block i / 2, scaled down.</remarks>
    public static void Integers(ulong key, long low, ulong range, long* y, long count) => Ranges.Run(count, new IntegersWork(key, low, range, y));

    private readonly struct IntegersWork(ulong key, long low, ulong range, long* y) : IRangeWork
    {
        public void Invoke(long start, long end)
        {
            for (long i = start; i < end; i++)
            {
                (uint a, uint b, uint c, uint d) = Block(key, (ulong)i / 2, 0);
                ulong word = (i & 1) == 0 ? (ulong)b << 32 | a : (ulong)d << 32 | c;
                y[i] = unchecked(low + (long)Math.BigMul(word, range, out _));
            }
        }
    }
}
