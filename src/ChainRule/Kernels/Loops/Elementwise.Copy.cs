using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>target[i] = source[i], both strided, of any type of 1, 4 or 8 bytes. They must not overlap.</summary>
    public static void Copy<T>(Strided<T> source, Strided<T> target) where T : unmanaged
    {
        long count = source.Count;
        if (count == 0)
            return;
        if (source.IsContiguous && target.IsContiguous && count * sizeof(T) <= Transfer.Block)
            Buffer.MemoryCopy(source.Data, target.Data, count * sizeof(T), count * sizeof(T));
        else if (sizeof(T) == 1)
            CopyStrided(source.As<byte>(), target.As<byte>());
        else if (sizeof(T) == 4)
            CopyStrided(source.As<uint>(), target.As<uint>());
        else if (sizeof(T) == 8)
            CopyStrided(source.As<ulong>(), target.As<ulong>());
        else
            throw new NotSupportedException($"Elements of {sizeof(T)} bytes.");
    }

    /// <summary>target[i] = value.</summary>
    public static void Fill<T>(T value, Strided<T> target) where T : unmanaged
    {
        // The value is a source that does not move, on any axis.
        Span<long> still = stackalloc long[target.Sizes.Length];
        still.Clear();
        if (target.Count != 0)
            Copy(new Strided<T>(&value, target.Sizes, still), target);
    }

    [SkipLocalsInit]
    private static void CopyStrided<T>(Strided<T> source, Strided<T> target) where T : unmanaged
    {
        Transfer.Plan(out Transfer plan, source.Sizes, source.Strides, target.Strides);
        plan.Run(source.Data, target.Data);
    }
}
