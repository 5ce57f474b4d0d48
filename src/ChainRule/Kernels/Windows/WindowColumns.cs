using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Writes the matrix that a convolution multiplies, one column for each window and one row for each place of its window, from a
/// <see cref="WindowBand"/> that lies in memory with its padding: whole vectors at a time, since neighbouring windows mostly
/// meet neighbouring elements.
/// </summary>
internal static unsafe class WindowColumns<V, T>
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    // A vector's windows lie in so many runs of neighbours at most; beyond that they are read one by one.
    private const int MaxRuns = 4;

    /// <summary>target[p, q] = band[places[p] + offsets[q]] for p below depth and q below count; undefined for q from count to width.</summary>
    /// <param name="band">Where the band begins.</param>
    /// <param name="end">The end of the memory that may be read.</param>
    /// <param name="places">How far each row's place lies from a window's first, ascending.</param>
    /// <param name="depth">The number of rows.</param>
    /// <param name="offsets">Where each window begins.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="target">Rows of <paramref name="width"/> elements.</param>
    /// <param name="width">A multiple of a vector.</param>
    [SkipLocalsInit]
    public static void Write(T* band, T* end, long* places, long depth, long* offsets, long count, T* target, long width)
    {
        long* shifts = stackalloc long[MaxRuns];
        byte* masks = stackalloc byte[MaxRuns * 64];
        for (long column = 0; column < count; column += V.Count, offsets += V.Count, target += V.Count)
        {
            int windows = (int)Math.Min(V.Count, count - column);
            int runs = Runs(offsets, windows, shifts, masks);
            if (runs == 0 || band + places[depth - 1] + offsets[windows - 1] + V.Count > end)
                OneByOne(band, places, depth, offsets, windows, target, width);
            else if (runs == 1)
                One(band + shifts[0], places, depth, target, width);
            else if (runs == 2)
                Two(band, places, depth, shifts, masks, target, width);
            else
                Several(band, places, depth, runs, shifts, masks, target, width);
        }
    }

    // Cuts windows into runs of neighbours: for each, where lane 0 would lie, and the lanes from its beginning on.
    private static int Runs(long* offsets, int windows, long* shifts, byte* masks)
    {
        int runs = 1;
        shifts[0] = offsets[0];
        for (int i = 1; i < windows; i++)
        {
            if (offsets[i] == offsets[i - 1] + 1) continue;
            if (runs == MaxRuns) return 0;
            shifts[runs] = offsets[i] - i;
            // Before the band there may be nothing to read.
            if (shifts[runs] < 0) return 0;
            for (int lane = 0; lane < V.Count; lane++)
                masks[runs * V.Count + lane] = (byte)(lane >= i ? 1 : 0);
            runs++;
        }
        return runs;
    }

    [MethodImpl(Hot.Loop)]
    private static void One(T* band, long* places, long depth, T* target, long width)
    {
        for (long row = 0; row < depth; row++, target += width)
            V.Store(V.Load(band + places[row]), target);
    }

    [MethodImpl(Hot.Loop)]
    private static void Two(T* band, long* places, long depth, long* shifts, byte* masks, T* target, long width)
    {
        V second = V.LoadMask(masks + V.Count);
        T* first = band + shifts[0], next = band + shifts[1];
        for (long row = 0; row < depth; row++, target += width)
            V.Store(V.Select(second, V.Load(next + places[row]), V.Load(first + places[row])), target);
    }

    [MethodImpl(Hot.Loop)]
    private static void Several(T* band, long* places, long depth, int runs, long* shifts, byte* masks, T* target, long width)
    {
        V second = V.LoadMask(masks + V.Count), third = V.LoadMask(masks + 2 * V.Count);
        V fourth = runs > 3 ? V.LoadMask(masks + 3 * V.Count) : third;
        long first = shifts[0], next = shifts[1], after = shifts[2], last = runs > 3 ? shifts[3] : after;
        for (long row = 0; row < depth; row++, target += width)
        {
            T* start = band + places[row];
            V value = V.Select(second, V.Load(start + next), V.Load(start + first));
            value = V.Select(third, V.Load(start + after), value);
            V.Store(V.Select(fourth, V.Load(start + last), value), target);
        }
    }

    [MethodImpl(Hot.Loop)]
    private static void OneByOne(T* band, long* places, long depth, long* offsets, int windows, T* target, long width)
    {
        for (long row = 0; row < depth; row++, target += width)
        {
            T* start = band + places[row];
            for (int i = 0; i < windows; i++)
                target[i] = start[offsets[i]];
        }
    }
}
