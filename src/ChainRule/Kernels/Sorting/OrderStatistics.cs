using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>Values of rows that their order decides. The rows are sorted in place; the spare memory holds one row, that for positions two.</summary>
/// <remarks>T is float, double, int or long.</remarks>
internal static unsafe class OrderStatistics
{
    /// <summary>y[row] = element number <paramref name="rank"/> of each row in order, from 0; NaN if there is one.</summary>
    public static void Ranked<T>(T* rows, long count, long length, long rank, T* spare, long* positions, T* y) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            RankedOf((float*)rows, count, length, rank, (float*)spare, positions, (float*)y);
        else if (typeof(T) == typeof(double))
            RankedOf((double*)rows, count, length, rank, (double*)spare, positions, (double*)y);
        else if (typeof(T) == typeof(int))
            RankedOf((int*)rows, count, length, rank, (int*)spare, positions, (int*)y);
        else
            RankedOf((long*)rows, count, length, rank, (long*)spare, positions, (long*)y);
    }

    /// <summary>y[row] = the element that is most often in a row, the smallest of those that are equally often; NaN counts as equal to NaN and as the largest.</summary>
    public static void Mode<T>(T* rows, long count, long length, T* spare, long* positions, T* y) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            ModeOf((float*)rows, count, length, (float*)spare, positions, (float*)y);
        else if (typeof(T) == typeof(double))
            ModeOf((double*)rows, count, length, (double*)spare, positions, (double*)y);
        else if (typeof(T) == typeof(int))
            ModeOf((int*)rows, count, length, (int*)spare, positions, (int*)y);
        else
            ModeOf((long*)rows, count, length, (long*)spare, positions, (long*)y);
    }

    private static void RankedOf<T>(T* rows, long count, long length, long rank, T* spare, long* positions, T* y) where T : unmanaged, INumber<T>
    {
        for (long row = 0; row < count; row++, rows += length)
        {
            StableSort.Run(rows, positions, length, isDescending: false, spare, positions + length);
            T last = rows[length - 1];
            y[row] = T.IsNaN(last) ? last : rows[rank];
        }
    }

    private static void ModeOf<T>(T* rows, long count, long length, T* spare, long* positions, T* y) where T : unmanaged, INumber<T>
    {
        for (long row = 0; row < count; row++, rows += length)
        {
            StableSort.Run(rows, positions, length, isDescending: false, spare, positions + length);
            long most = 0;
            for (long start = 0, end; start < length; start = end)
            {
                for (end = start + 1; end < length && (rows[end] == rows[start] || T.IsNaN(rows[start]));)
                    end++;
                if (end - start <= most) continue;
                (most, y[row]) = (end - start, rows[start]);
            }
        }
    }
}
