using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>The largest element of each window, and what belongs to the elements that are equal to it.</summary>
internal static unsafe class MaxPooling
{
    /// <summary>y = the largest element of each window; NaN if there is one, -inf if the window lies outside.</summary>
    public static void Forward<T>(in WindowGrid windows, long planes, T* x, T* y) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) && PairPooling.Suits(windows))
            PairPooling.Forward(windows, planes, (float*)x, (float*)y);
        else
            WindowWalk.Run(windows, planes, new Largest<T>(x, y));
    }

    /// <summary>y = the mean of t over the elements where a window of x is largest.</summary>
    public static void Pick<T>(in WindowGrid windows, long planes, T* t, T* x, T* y) where T : unmanaged, INumber<T> =>
        WindowWalk.Run(windows, planes, new Picking<T>(t, x, y));

    /// <summary>The transpose: y = the sum of each window's c, in equal shares where the window of x is largest; 0 elsewhere.</summary>
    public static void Spread<T>(in WindowGrid windows, long planes, T* c, T* x, T* y) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) && PairPooling.Suits(windows))
        {
            PairPooling.Spread(windows, planes, (float*)c, (float*)x, (float*)y);
            return;
        }
        Runs.Fill(y, 1, planes * windows.InputCount, T.Zero);
        WindowWalk.Run(windows, planes, new Spreading<T>(c, x, y));
    }

    private static T MaxOf<T>(T* x, in WindowRegion region) where T : unmanaged, INumber<T>
    {
        T largest = T.CreateTruncating(double.NegativeInfinity);
        for (long d = region.Plane + region.Depth.First; d < region.Plane + region.Depth.End; d += region.Depth.Step)
        {
            for (long h = d + region.Height.First; h < d + region.Height.End; h += region.Height.Step)
            {
                for (long w = h + region.Width.First; w < h + region.Width.End; w += region.Width.Step)
                    largest = T.Max(largest, x[w]);
            }
        }
        return largest;
    }

    // A window that holds a NaN is NaN; then the NaNs are its largest elements.
    private static bool Attains<T>(T value, T largest) where T : unmanaged, INumber<T> => value == largest || T.IsNaN(value);

    private static (T Sum, long Count) Attained<T>(T* t, T* x, T largest, in WindowRegion region) where T : unmanaged, INumber<T>
    {
        T sum = T.Zero;
        long count = 0;
        for (long d = region.Plane + region.Depth.First; d < region.Plane + region.Depth.End; d += region.Depth.Step)
        {
            for (long h = d + region.Height.First; h < d + region.Height.End; h += region.Height.Step)
            {
                for (long w = h + region.Width.First; w < h + region.Width.End; w += region.Width.Step)
                {
                    if (!Attains(x[w], largest)) continue;
                    sum += t[w];
                    count++;
                }
            }
        }
        return (sum, count);
    }

    private readonly struct Largest<T>(T* x, T* y) : IWindowWork where T : unmanaged, INumber<T>
    {
        private readonly T* _x = x, _y = y;

        public void Invoke(long window, in WindowRegion region) => _y[window] = MaxOf(_x, region);
    }

    private readonly struct Picking<T>(T* t, T* x, T* y) : IWindowWork where T : unmanaged, INumber<T>
    {
        private readonly T* _t = t, _x = x, _y = y;

        public void Invoke(long window, in WindowRegion region)
        {
            (T sum, long count) = Attained(_t, _x, MaxOf(_x, region), region);
            _y[window] = count == 0 ? T.Zero : sum / T.CreateTruncating(count);
        }
    }

    private readonly struct Spreading<T>(T* c, T* x, T* y) : IWindowWork where T : unmanaged, INumber<T>
    {
        private readonly T* _c = c, _x = x, _y = y;

        public void Invoke(long window, in WindowRegion region)
        {
            T largest = MaxOf(_x, region);
            long count = Attained(_x, _x, largest, region).Count;
            if (count == 0) return;
            T share = _c[window] / T.CreateTruncating(count);
            for (long d = region.Plane + region.Depth.First; d < region.Plane + region.Depth.End; d += region.Depth.Step)
            {
                for (long h = d + region.Height.First; h < d + region.Height.End; h += region.Height.Step)
                {
                    for (long w = h + region.Width.First; w < h + region.Width.End; w += region.Width.Step)
                    {
                        if (Attains(_x[w], largest))
                            _y[w] += share;
                    }
                }
            }
        }
    }
}
