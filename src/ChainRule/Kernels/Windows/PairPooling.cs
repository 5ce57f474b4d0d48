using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ChainRule.Kernels;

/// <summary>The largest of 2 x 2 elements of float, windows side by side: the pooling that most networks use, four windows at a time.</summary>
/// <remarks>The same values as <see cref="MaxPooling"/>, which does any other windows one by one.</remarks>
internal static unsafe class PairPooling
{
    /// <summary>Whether these windows are 2 x 2 side by side, and this processor separates even from odd.</summary>
    public static bool Suits(in WindowGrid windows) =>
        windows.Depth == WindowAxis.None && IsPair(windows.Height) && IsPair(windows.Width) && (Sse.IsSupported || AdvSimd.Arm64.IsSupported);

    /// <summary>y = the largest element of each window; NaN if there is one.</summary>
    public static void Forward(in WindowGrid windows, long planes, float* x, float* y) =>
        Units.Run(planes, windows.InputCount, new Largest(windows, x, y));

    /// <summary>y = each window's c in equal shares where the window of x is largest, 0 elsewhere.</summary>
    public static void Spread(in WindowGrid windows, long planes, float* c, float* x, float* y) =>
        Units.Run(planes, 2 * windows.InputCount, new Spreading(windows, c, x, y));

    private static bool IsPair(in WindowAxis axis) =>
        axis is { Kernel: 2, Stride: 2, Padding: 0, Dilation: 1 } && 2 * axis.Output <= axis.Input;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Even(Vector128<float> low, Vector128<float> high) =>
        Sse.IsSupported ? Sse.Shuffle(low, high, 0b10_00_10_00) : AdvSimd.Arm64.UnzipEven(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Odd(Vector128<float> low, Vector128<float> high) =>
        Sse.IsSupported ? Sse.Shuffle(low, high, 0b11_01_11_01) : AdvSimd.Arm64.UnzipOdd(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePairs(Vector128<float> even, Vector128<float> odd, float* target)
    {
        (Sse.IsSupported ? Sse.UnpackLow(even, odd) : AdvSimd.Arm64.ZipLow(even, odd)).Store(target);
        (Sse.IsSupported ? Sse.UnpackHigh(even, odd) : AdvSimd.Arm64.ZipHigh(even, odd)).Store(target + 4);
    }

    // A NaN attains a window that is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Attains(Vector128<float> value, Vector128<float> largest) =>
        Vector128.Equals(value, largest) | ~Vector128.Equals(value, value);

    private readonly struct Largest(WindowGrid windows, float* x, float* y) : IRangeWork
    {
        public void Invoke(long start, long end)
        {
            long lines = windows.Height.Output, line = windows.Width.Input, count = windows.Width.Output;
            for (long plane = start; plane < end; plane++)
            {
                for (long h = 0; h < lines; h++)
                    Line(x + (plane * windows.Height.Input + 2 * h) * line, line, y + (plane * lines + h) * count, count);
            }
        }

        // The last four windows overlap those before them: computing some twice is faster than one by one.
        [MethodImpl(Hot.Loop)]
        private static void Line(float* upper, long line, float* target, long count)
        {
            float* lower = upper + line;
            if (count < 4)
            {
                for (long i = 0; i < count; i++)
                    target[i] = MathF.Max(MathF.Max(upper[2 * i], lower[2 * i]), MathF.Max(upper[2 * i + 1], lower[2 * i + 1]));
                return;
            }
            for (long next = 0; next < count; next += 4)
            {
                long i = Math.Min(next, count - 4);
                Vector128<float> left = Vector128.Max(Vector128.Load(upper + 2 * i), Vector128.Load(lower + 2 * i));
                Vector128<float> right = Vector128.Max(Vector128.Load(upper + 2 * i + 4), Vector128.Load(lower + 2 * i + 4));
                Vector128.Max(Even(left, right), Odd(left, right)).Store(target + i);
            }
        }
    }

    private readonly struct Spreading(WindowGrid windows, float* c, float* x, float* y) : IRangeWork
    {
        public void Invoke(long start, long end)
        {
            long lines = windows.Height.Output, line = windows.Width.Input, count = windows.Width.Output;
            for (long plane = start; plane < end; plane++)
            {
                long first = plane * windows.InputCount;
                for (long h = 0; h < lines; h++)
                    Lines(x + first + 2 * h * line, line, c + (plane * lines + h) * count, y + first + 2 * h * line, count);
                new Span<float>(y + first + 2 * lines * line, (int)(windows.InputCount - 2 * lines * line)).Clear();
            }
        }

        [MethodImpl(Hot.Loop)]
        private static void Lines(float* x, long line, float* c, float* y, long count)
        {
            for (long next = 0; next < count && count >= 4; next += 4)
            {
                long i = Math.Min(next, count - 4);
                float* upper = x + 2 * i, lower = upper + line, target = y + 2 * i;
                Vector128<float> a = Vector128.Load(upper), b = Vector128.Load(upper + 4), d = Vector128.Load(lower), e = Vector128.Load(lower + 4);
                Vector128<float> upperEven = Even(a, b), upperOdd = Odd(a, b), lowerEven = Even(d, e), lowerOdd = Odd(d, e);
                Vector128<float> largest = Vector128.Max(Vector128.Max(upperEven, lowerEven), Vector128.Max(upperOdd, lowerOdd));
                Vector128<float> ue = Attains(upperEven, largest), uo = Attains(upperOdd, largest), le = Attains(lowerEven, largest), lo = Attains(lowerOdd, largest);
                Vector128<float> one = Vector128<float>.One;
                Vector128<float> share = Vector128.Load(c + i) / ((ue & one) + (uo & one) + (le & one) + (lo & one));
                share += Vector128<float>.Zero; // -0 adds up to 0
                StorePairs(ue & share, uo & share, target);
                StorePairs(le & share, lo & share, target + line);
            }
            for (long i = 0; i < count && count < 4; i++)
                Window(x + 2 * i, line, c[i], y + 2 * i);
            for (long rest = 2 * count; rest < line; rest++)
                y[rest] = y[line + rest] = 0;
        }

        private static void Window(float* x, long line, float c, float* y)
        {
            float largest = MathF.Max(MathF.Max(x[0], x[line]), MathF.Max(x[1], x[line + 1]));
            bool ue = IsLargest(x[0], largest), uo = IsLargest(x[1], largest), le = IsLargest(x[line], largest), lo = IsLargest(x[line + 1], largest);
            float share = c / ((ue ? 1 : 0) + (uo ? 1 : 0) + (le ? 1 : 0) + (lo ? 1 : 0)) + 0f;
            y[0] = ue ? share : 0;
            y[1] = uo ? share : 0;
            y[line] = le ? share : 0;
            y[line + 1] = lo ? share : 0;
        }

        private static bool IsLargest(float value, float largest) => value == largest || float.IsNaN(value);
    }
}
