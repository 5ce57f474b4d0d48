using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>Sorts keys together with the positions that they came from: equal keys keep their order, NaN comes last.</summary>
/// <remarks>Merging from the bottom up: no recursion, at most n·log n comparisons, and an order that depends on the keys alone.</remarks>
internal static unsafe class StableSort
{
    // Short runs are quicker sorted by insertion than merged.
    private const int RunLength = 16;

    /// <summary>Sorts <paramref name="count"/> keys; the spare memory holds as many keys and positions.</summary>
    public static void Run<T>(T* keys, long* positions, long count, bool isDescending, T* spareKeys, long* sparePositions) where T : unmanaged, INumber<T>
    {
        for (long i = 0; i < count; i++)
            positions[i] = i;
        for (long start = 0; start < count; start += RunLength)
            Insert(keys, positions, start, Math.Min(start + RunLength, count), isDescending);
        T* from = keys, to = spareKeys;
        long* places = positions, toPlaces = sparePositions;
        for (long width = RunLength; width < count; width *= 2)
        {
            for (long start = 0; start < count; start += 2 * width)
                Merge(from, places, start, Math.Min(start + width, count), Math.Min(start + 2 * width, count), isDescending, to, toPlaces);
            T* merged = to;
            long* mergedPlaces = toPlaces;
            to = from;
            toPlaces = places;
            from = merged;
            places = mergedPlaces;
        }
        if (from == keys) return;
        Buffer.MemoryCopy(from, keys, count * sizeof(T), count * sizeof(T));
        Buffer.MemoryCopy(places, positions, count * sizeof(long), count * sizeof(long));
    }

    /// <summary>Whether a must come before b.</summary>
    private static bool Precedes<T>(T a, T b, bool isDescending) where T : unmanaged, INumber<T> =>
        T.IsNaN(b) ? !T.IsNaN(a) : isDescending ? a > b : a < b;

    private static void Insert<T>(T* keys, long* positions, long start, long end, bool isDescending) where T : unmanaged, INumber<T>
    {
        for (long i = start + 1; i < end; i++)
        {
            (T key, long position) = (keys[i], positions[i]);
            long at = i;
            for (; at > start && Precedes(key, keys[at - 1], isDescending); at--)
                (keys[at], positions[at]) = (keys[at - 1], positions[at - 1]);
            (keys[at], positions[at]) = (key, position);
        }
    }

    private static void Merge<T>(T* keys, long* positions, long start, long middle, long end, bool isDescending, T* toKeys, long* toPositions) where T : unmanaged, INumber<T>
    {
        long left = start, right = middle;
        for (long at = start; at < end; at++)
        {
            // The right one goes first only if it must: so equal keys keep their order.
            bool takesRight = left == middle || (right < end && Precedes(keys[right], keys[left], isDescending));
            long taken = takesRight ? right++ : left++;
            (toKeys[at], toPositions[at]) = (keys[taken], positions[taken]);
        }
    }
}
