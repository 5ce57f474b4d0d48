using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Copies along one axis.</summary>
internal static unsafe class Runs
{
    /// <summary>Below this many elements a loop is faster than the call of a block copy.</summary>
    private const long BlockCopy = 16;

    /// <summary>target[i] = source[i * stride].</summary>
    [MethodImpl(Hot.Loop)]
    public static void Copy<T>(T* source, long stride, T* target, long count) where T : unmanaged
    {
        if (stride == 1 && count >= BlockCopy)
        {
            Buffer.MemoryCopy(source, target, count * sizeof(T), count * sizeof(T));
            return;
        }
        if (stride == 0 && count >= BlockCopy)
        {
            Fill(target, 1, count, *source);
            return;
        }
        long i = 0;
        for (; i <= count - 4; i += 4, source += 4 * stride)
        {
            T first = source[0], second = source[stride], third = source[2 * stride], fourth = source[3 * stride];
            target[i] = first;
            target[i + 1] = second;
            target[i + 2] = third;
            target[i + 3] = fourth;
        }
        for (; i < count; i++, source += stride)
            target[i] = *source;
    }

    /// <summary>target[i * targetStride] = source[i * sourceStride].</summary>
    [MethodImpl(Hot.Loop)]
    public static void Copy<T>(T* source, long sourceStride, T* target, long targetStride, long count) where T : unmanaged
    {
        if (targetStride == 1)
        {
            Copy(source, sourceStride, target, count);
            return;
        }
        for (long i = 0; i < count; i++, source += sourceStride, target += targetStride)
            *target = *source;
    }

    /// <summary>target[i * stride] = value.</summary>
    [MethodImpl(Hot.Loop)]
    public static void Fill<T>(T* target, long stride, long count, T value) where T : unmanaged
    {
        if (stride == 1)
        {
            for (; count > int.MaxValue; count -= int.MaxValue, target += int.MaxValue)
                new Span<T>(target, int.MaxValue).Fill(value);
            new Span<T>(target, (int)count).Fill(value);
            return;
        }
        for (long i = 0; i < count; i++, target += stride)
            *target = value;
    }
}
