using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>The mean of each window, summed in double in row-major order.</summary>
internal static unsafe class AveragePooling
{
    /// <summary>y = the sum of each window's elements by its number of places: with those in the padding, or of its elements alone.</summary>
    public static void Forward<T>(in WindowGrid windows, long planes, bool countsPadding, T* x, T* y) where T : unmanaged, INumber<T> =>
        WindowWalk.Run(windows, planes, new Averaging<T>(countsPadding, x, y));

    /// <summary>The transpose: adds each window's c by that number to all its elements in y, which is zero.</summary>
    public static void Spread<T>(in WindowGrid windows, long planes, bool countsPadding, T* c, T* y) where T : unmanaged, INumber<T> =>
        WindowWalk.Run(windows, planes, new Spreading<T>(countsPadding, c, y));

    private static double Places(bool countsPadding, in WindowRegion region) => Math.Max(countsPadding ? region.Covered : region.Count, 1);

    private readonly struct Averaging<T>(bool countsPadding, T* x, T* y) : IWindowWork where T : unmanaged, INumber<T>
    {
        private readonly T* _x = x, _y = y;

        public void Invoke(long window, in WindowRegion region)
        {
            double sum = 0;
            for (long d = region.Plane + region.Depth.First; d < region.Plane + region.Depth.End; d += region.Depth.Step)
            {
                for (long h = d + region.Height.First; h < d + region.Height.End; h += region.Height.Step)
                {
                    for (long w = h + region.Width.First; w < h + region.Width.End; w += region.Width.Step)
                        sum += double.CreateTruncating(_x[w]);
                }
            }
            _y[window] = T.CreateTruncating(sum / Places(countsPadding, region));
        }
    }

    private readonly struct Spreading<T>(bool countsPadding, T* c, T* y) : IWindowWork where T : unmanaged, INumber<T>
    {
        private readonly T* _c = c, _y = y;

        public void Invoke(long window, in WindowRegion region)
        {
            T share = T.CreateTruncating(double.CreateTruncating(_c[window]) / Places(countsPadding, region));
            for (long d = region.Plane + region.Depth.First; d < region.Plane + region.Depth.End; d += region.Depth.Step)
            {
                for (long h = d + region.Height.First; h < d + region.Height.End; h += region.Height.Step)
                {
                    for (long w = h + region.Width.First; w < h + region.Width.End; w += region.Width.Step)
                        _y[w] += share;
                }
            }
        }
    }
}
