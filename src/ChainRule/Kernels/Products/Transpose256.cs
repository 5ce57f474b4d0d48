using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>Blocks of 8 x 8 floats or 4 x 4 doubles.</summary>
/// <remarks>
/// Loading the halves of two rows into one vector, instead of whole rows, makes every later step stay within its half:
/// two transposes of 128 bits side by side, with half the shuffles of the usual 8 x 8.
/// </remarks>
internal readonly unsafe struct Transpose256 : ITranspose
{
    public static int Bytes => 32;

    [MethodImpl(Hot.Loop)]
    public static void Run(long depth, float* source, long stride, float* target, int width)
    {
        for (; depth > 0; depth -= 8, source += 8, target += 8 * width)
        {
            FourColumns(source, stride, target, width);
            FourColumns(source + 4, stride, target + 4 * width, width);
        }
    }

    [MethodImpl(Hot.Loop)]
    public static void Run(long depth, double* source, long stride, double* target, int width)
    {
        for (; depth > 0; depth -= 4, source += 4, target += 4 * width)
        {
            TwoColumns(source, stride, target, width);
            TwoColumns(source + 2, stride, target + 2 * width, width);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static void FourColumns(float* source, long stride, float* target, int width)
    {
        float* middle = source + 4 * stride;
        Vector256<float> r04 = Pair(source, middle), r15 = Pair(source + stride, middle + stride);
        Vector256<float> r26 = Pair(source + 2 * stride, middle + 2 * stride), r37 = Pair(source + 3 * stride, middle + 3 * stride);
        Vector256<double> left01 = Avx.UnpackLow(r04, r15).AsDouble(), left23 = Avx.UnpackLow(r26, r37).AsDouble();
        Vector256<double> right01 = Avx.UnpackHigh(r04, r15).AsDouble(), right23 = Avx.UnpackHigh(r26, r37).AsDouble();
        Avx.UnpackLow(left01, left23).AsSingle().Store(target);
        Avx.UnpackHigh(left01, left23).AsSingle().Store(target + width);
        Avx.UnpackLow(right01, right23).AsSingle().Store(target + 2 * width);
        Avx.UnpackHigh(right01, right23).AsSingle().Store(target + 3 * width);
    }

    [MethodImpl(AggressiveInlining)]
    private static void TwoColumns(double* source, long stride, double* target, int width)
    {
        Vector256<double> r02 = Pair(source, source + 2 * stride), r13 = Pair(source + stride, source + 3 * stride);
        Avx.UnpackLow(r02, r13).Store(target);
        Avx.UnpackHigh(r02, r13).Store(target + width);
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> Pair<T>(T* low, T* high) where T : unmanaged =>
        Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
