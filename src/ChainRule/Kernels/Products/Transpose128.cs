using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>Blocks of 4 x 4 floats or 2 x 2 doubles.</summary>
internal readonly unsafe struct Transpose128 : ITranspose
{
    public static int Bytes => 16;

    [MethodImpl(Hot.Loop)]
    public static void Run(long depth, float* source, long stride, float* target, int width)
    {
        for (; depth > 0; depth -= 4, source += 4, target += 4 * width)
        {
            Vector128<float> r0 = Vector128.Load(source), r1 = Vector128.Load(source + stride);
            Vector128<float> r2 = Vector128.Load(source + 2 * stride), r3 = Vector128.Load(source + 3 * stride);
            Vector128<double> left01 = Low(r0, r1).AsDouble(), left23 = Low(r2, r3).AsDouble();
            Vector128<double> right01 = High(r0, r1).AsDouble(), right23 = High(r2, r3).AsDouble();
            Low(left01, left23).AsSingle().Store(target);
            High(left01, left23).AsSingle().Store(target + width);
            Low(right01, right23).AsSingle().Store(target + 2 * width);
            High(right01, right23).AsSingle().Store(target + 3 * width);
        }
    }

    [MethodImpl(Hot.Loop)]
    public static void Run(long depth, double* source, long stride, double* target, int width)
    {
        for (; depth > 0; depth -= 2, source += 2, target += 2 * width)
        {
            Vector128<double> r0 = Vector128.Load(source), r1 = Vector128.Load(source + stride);
            Low(r0, r1).Store(target);
            High(r0, r1).Store(target + width);
        }
    }

    // a0 b0 a1 b1
    [MethodImpl(AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    // a2 b2 a3 b3
    [MethodImpl(AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
