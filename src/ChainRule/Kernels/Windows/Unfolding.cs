using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>Planes [planes, ...] as columns [planes, places, windows], and back.</summary>
internal static unsafe class Unfolding
{
    /// <summary>y[place, window] = the element that the place of the window meets, 0 outside.</summary>
    public static void Unfold<T>(in WindowGrid windows, long planes, T* x, T* y) where T : unmanaged, INumber<T> =>
        Units.Run(planes, windows.KernelCount * windows.OutputCount, new Work<T>(windows, x, y, isFold: false));

    /// <summary>The transpose: adds every column element to the element it meets in y, which is zero.</summary>
    public static void Fold<T>(in WindowGrid windows, long planes, T* columns, T* y) where T : unmanaged, INumber<T> =>
        Units.Run(planes, windows.KernelCount * windows.OutputCount, new Work<T>(windows, y, columns, isFold: true));

    private readonly struct Work<T>(WindowGrid windows, T* planes, T* columns, bool isFold) : IRangeWork where T : unmanaged, INumber<T>
    {
        private readonly T* _planes = planes, _columns = columns;

        public void Invoke(long start, long end)
        {
            long places = windows.KernelCount, count = windows.OutputCount;
            for (long row = start * places; row < end * places; row++)
            {
                T* plane = _planes + row / places * windows.InputCount;
                if (isFold)
                    Columns.Add(_columns + row * count, windows, row % places, 0, count, plane);
                else
                    Columns.Gather(plane, windows, row % places, 0, count, _columns + row * count);
            }
        }
    }
}
