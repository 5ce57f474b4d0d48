using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static unsafe partial class Philox
{
    /// <summary>Normal with mean 0 and variance 1, by Box and Muller; a float is the double of the same element, rounded.</summary>
    /// <remarks>
    /// Words 0 and 1 of block b make u in (0, 1], words 2 and 3 make v in [0, 1), both of 53 bits, the low word first. Element 2b is
    /// sqrt(-2 log u) cos(2 pi v), element 2b + 1 has the sine. The largest magnitude is 8.57.
    /// </remarks>
    public static void Normal<T>(ulong key, T* y, long count) where T : unmanaged => Ranges.Run(count, new NormalWork<T>(key, y));

    private readonly struct NormalWork<T>(ulong key, T* y) : IRangeWork where T : unmanaged
    {
        private const int Pairs = Ranges.Tile / 2;

        [SkipLocalsInit]
        public void Invoke(long start, long end)
        {
            double* memory = stackalloc double[4 * Pairs];
            ulong* words = stackalloc ulong[2 * Pairs];
            double* u = memory, v = memory + Pairs, cosine = memory + 2 * Pairs, sine = memory + 3 * Pairs;
            for (long at = start; at < end; at += Ranges.Tile)
            {
                int count = (int)Math.Min(Ranges.Tile, end - at), pairs = (count + 1) / 2;
                Words(key, 2 * at, (uint*)words, 4 * pairs);
                for (int pair = 0; pair < pairs; pair++)
                {
                    u[pair] = ((words[2 * pair] >> 11) + 1) * (1.0 / (1L << 53));
                    v[pair] = (words[2 * pair + 1] >> 11) * (1.0 / (1L << 53));
                }
                WidestLane.Run<double, BoxMuller>(new(u, v, cosine, sine, pairs));
                for (int i = 0; i < count; i++)
                    Conversion.Store((i & 1) == 0 ? cosine[i / 2] : sine[i / 2], y + at + i);
            }
        }
    }

    private readonly struct BoxMuller(double* u, double* v, double* cosine, double* sine, int count) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            Loop.Run<T, V, UnaryBody<Radius>>(default, (T*)u, null, null, u, count);
            Loop.Run<T, V, BinaryBody<Cosine>>(default, (T*)u, (T*)v, null, cosine, count);
            Loop.Run<T, V, BinaryBody<Sine>>(default, (T*)u, (T*)v, null, sine, count);
        }
    }

    private readonly struct Radius : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Sqrt(V.Constant(-2) * V.Log(x));
    }

    private readonly struct Cosine : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a * V.Cos(V.Constant(2 * Math.PI) * b);
    }

    private readonly struct Sine : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a * V.Sin(V.Constant(2 * Math.PI) * b);
    }
}
