using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>Copies a strip of an operand into the order in which the micro-kernel reads it, whatever its strides were.</summary>
internal static unsafe class Packing
{
    /// <summary>target[p, q] = source[p * depthStride + q * stride] for p below depth and q below count; zero for q from count to width.</summary>
    public static void Strip<V, T>(long depth, T* source, long depthStride, long stride, T* target, int width, int count)
        where V : struct, IVectorLane<V, T>
        where T : unmanaged
    {
        if (stride == 1)
            Copy<V, T>(depth, source, depthStride, target, width, count);
        else if (depthStride == 1)
            Transpose(depth, source, stride, target, width, count);
        else
            Gather(depth, source, depthStride, stride, target, width, 0, count);
        if (count < width)
            Clear(depth, target, width, count);
    }

    [MethodImpl(Hot.Loop)]
    private static void Copy<V, T>(long depth, T* source, long depthStride, T* target, int width, int count)
        where V : struct, IVectorLane<V, T>
        where T : unmanaged
    {
        int whole = count & -V.Count;
        int fourths = Vector128.IsHardwareAccelerated ? count & -Vector128<T>.Count : 0;
        for (; depth > 0; depth--, source += depthStride, target += width)
        {
            int column = 0;
            for (; column < whole; column += V.Count)
                V.Store(V.Load(source + column), target + column);
            for (; column < fourths; column += Vector128<T>.Count)
                Vector128.Load(source + column).Store(target + column);
            for (; column < count; column++)
                target[column] = source[column];
        }
    }

    private static void Transpose<T>(long depth, T* source, long stride, T* target, int width, int count) where T : unmanaged
    {
        int done = 0;
        if (Avx.IsSupported)
            done = TransposeBands<T, Transpose256>(depth, source, stride, target, width, done, count);
        if (Sse2.IsSupported || AdvSimd.Arm64.IsSupported)
            done = TransposeBands<T, Transpose128>(depth, source, stride, target, width, done, count);
        Gather(depth, source, 1, stride, target, width, done, count);
    }

    private static int TransposeBands<T, TTranspose>(long depth, T* source, long stride, T* target, int width, int done, int count)
        where T : unmanaged
        where TTranspose : struct, ITranspose
    {
        int step = TTranspose.Bytes / sizeof(T);
        long whole = depth & -step;
        for (; done + step <= count; done += step)
        {
            T* strip = source + done * stride;
            if (sizeof(T) == sizeof(float))
                TTranspose.Run(whole, (float*)strip, stride, (float*)target + done, width);
            else
                TTranspose.Run(whole, (double*)strip, stride, (double*)target + done, width);
            Gather(depth - whole, strip + whole, 1, stride, target + whole * width + done, width, 0, step);
        }
        return done;
    }

    [MethodImpl(Hot.Loop)]
    private static void Gather<T>(long depth, T* source, long depthStride, long stride, T* target, int width, int start, int end) where T : unmanaged
    {
        for (; depth > 0; depth--, source += depthStride, target += width)
        {
            for (int column = start; column < end; column++)
                target[column] = source[column * stride];
        }
    }

    [MethodImpl(Hot.Loop)]
    private static void Clear<T>(long depth, T* target, int width, int count) where T : unmanaged
    {
        for (; depth > 0; depth--, target += width)
        {
            for (int column = count; column < width; column++)
                target[column] = default;
        }
    }
}
