using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainRule.Kernels;

/// <summary>Lanes that are only partly in memory: the end of a row.</summary>
/// <remarks>Nothing outside the elements in question is read or written. The count is at least 1 and less than the lane's.</remarks>
internal static unsafe class Edge
{
    /// <summary>Loads the first elements; the others are those of <paramref name="rest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<T, V>(T* source, int count, V rest) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        if (typeof(V) == typeof(Single512))
            return As<Single512, V>(new(Avx512F.MaskLoad((float*)source, Mask16(count), As<V, Single512>(rest).Value)));
        if (typeof(V) == typeof(Double512))
            return As<Double512, V>(new(Avx512F.MaskLoad((double*)source, Mask8(count), As<V, Double512>(rest).Value)));
        T* tile = stackalloc T[V.Count];
        V.Store(rest, tile);
        for (int i = 0; i < count; i++)
            tile[i] = source[i];
        return V.Load(tile);
    }

    /// <summary>Stores the first elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, V>(V value, T* target, int count) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        if (typeof(V) == typeof(Single512))
        {
            Avx512F.MaskStore((float*)target, Mask16(count), As<V, Single512>(value).Value);
            return;
        }
        if (typeof(V) == typeof(Double512))
        {
            Avx512F.MaskStore((double*)target, Mask8(count), As<V, Double512>(value).Value);
            return;
        }
        T* tile = stackalloc T[V.Count];
        V.Store(value, tile);
        for (int i = 0; i < count; i++)
            target[i] = tile[i];
    }

    /// <summary>Loads the first bytes, 0 or 1, as a mask; the others are not set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadMask<T, V>(byte* source, int count) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        byte* tile = stackalloc byte[16];
        *(Vector128<byte>*)tile = default;
        for (int i = 0; i < count; i++)
            tile[i] = source[i];
        return V.LoadMask(tile);
    }

    /// <summary>Stores the first elements of a mask as bytes of 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask<T, V>(V mask, byte* target, int count) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        byte* tile = stackalloc byte[16];
        V.StoreMask(mask, tile);
        for (int i = 0; i < count; i++)
            target[i] = tile[i];
    }

    private static Vector512<float> Mask16(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    private static Vector512<double> Mask8(int count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo As<TFrom, TTo>(TFrom lane) where TFrom : struct where TTo : struct => Unsafe.BitCast<TFrom, TTo>(lane);
}
