using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers, as easy as 1, 2, 3; 2011): random words by counting.</summary>
/// <remarks>
/// Element i of a draw depends on the key and on i alone, so any part of a draw can be made anywhere. Block b of a key is that of the
/// counter (b, 0). Words and floats take one word each: element i is word i % 4 of block i / 4. Doubles take two, the low one first:
/// element i has words 2 (i % 2) and 2 (i % 2) + 1 of block i / 2. Normal elements 2b and 2b + 1, of either type, come from block b.
/// Different draws need different keys: <see cref="Derive"/> makes them.
/// </remarks>
internal static unsafe partial class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The high half of the counters that make keys, which no draw reaches.</summary>
    private const ulong KeyCounters = ulong.MaxValue;

    /// <summary>Four random words of a counter of 128 bits.</summary>
    public static (uint, uint, uint, uint) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        uint c0 = (uint)counterLow, c1 = (uint)(counterLow >> 32), c2 = (uint)counterHigh, c3 = (uint)(counterHigh >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0, product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            unchecked
            {
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The key of a child stream: one of 2^64 for each key.</summary>
    public static ulong Derive(ulong key, ulong index)
    {
        (uint low, uint high, _, _) = Block(key, index, KeyCounters);
        return low | ((ulong)high << 32);
    }

    /// <summary>Random words.</summary>
    public static void Bits(ulong key, uint* y, long count) => Ranges.Run(count, new BitsWork(key, y));

    /// <summary>Uniform in [0, 1): the upper 24 bits of a word for float, the upper 53 of two for double.</summary>
    public static void Uniform<T>(ulong key, T* y, long count) where T : unmanaged => Ranges.Run(count, new UniformWork<T>(key, y));

    /// <summary>Words start to end - 1 of the key's blocks; start is that of a block.</summary>
    private static void Words(ulong key, long start, uint* y, long count)
    {
        ulong block = (ulong)start / 4;
        long i = 0;
        for (; i <= count - 4; i += 4)
            (y[i], y[i + 1], y[i + 2], y[i + 3]) = Block(key, block++, 0);
        if (i == count)
            return;
        uint* rest = stackalloc uint[4];
        (rest[0], rest[1], rest[2], rest[3]) = Block(key, block, 0);
        for (int word = 0; i < count; i++, word++)
            y[i] = rest[word];
    }

    private readonly struct BitsWork(ulong key, uint* y) : IRangeWork
    {
        public void Invoke(long start, long end) => Words(key, start, y + start, end - start);
    }

    private readonly struct UniformWork<T>(ulong key, T* y) : IRangeWork where T : unmanaged
    {
        [SkipLocalsInit]
        public void Invoke(long start, long end)
        {
            uint* words = stackalloc uint[2 * Ranges.Tile];
            for (long at = start; at < end; at += Ranges.Tile)
            {
                int count = (int)Math.Min(Ranges.Tile, end - at);
                int wordsEach = sizeof(T) / sizeof(uint);
                Words(key, at * wordsEach, words, count * wordsEach);
                if (typeof(T) == typeof(float))
                    Singles(words, (float*)(y + at), count);
                else if (typeof(T) == typeof(double))
                    Doubles((ulong*)words, (double*)(y + at), count);
                else
                    throw new NotSupportedException($"There are no uniform elements of {typeof(T).Name}.");
            }
        }

        private static void Singles(uint* words, float* y, int count)
        {
            for (int i = 0; i < count; i++)
                y[i] = (words[i] >> 8) * (1f / (1 << 24));
        }

        private static void Doubles(ulong* words, double* y, int count)
        {
            for (int i = 0; i < count; i++)
                y[i] = (words[i] >> 11) * (1.0 / (1L << 53));
        }
    }
}
