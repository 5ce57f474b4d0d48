using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>One value's type changed, alike on all machines; byte stands for bool.</summary>
internal static unsafe class Conversion
{
    [MethodImpl(Hot.Loop)]
    public static void Run<TFrom, TTo>(TFrom* x, TTo* y, long count) where TFrom : unmanaged where TTo : unmanaged
    {
        for (long i = 0; i < count; i++)
            y[i] = Of<TFrom, TTo>(x[i]);
    }

    /// <summary>Stores one double as another type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TTo>(double x, TTo* y) where TTo : unmanaged => *y = Of<double, TTo>(x);

    // The casts of the language saturate and take NaN to 0, on every processor since .NET 9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo Of<TFrom, TTo>(TFrom x) where TFrom : unmanaged where TTo : unmanaged
    {
        if (typeof(TFrom) == typeof(TTo))
            return Unsafe.BitCast<TFrom, TTo>(x);
        if (typeof(TTo) == typeof(float))
            return Unsafe.BitCast<float, TTo>(ToSingle(x));
        if (typeof(TTo) == typeof(double))
            return Unsafe.BitCast<double, TTo>(ToDouble(x));
        if (typeof(TTo) == typeof(int))
            return Unsafe.BitCast<int, TTo>(ToInt32(x));
        if (typeof(TTo) == typeof(long))
            return Unsafe.BitCast<long, TTo>(ToInt64(x));
        if (typeof(TTo) == typeof(byte))
            return Unsafe.BitCast<byte, TTo>(ToBool(x) ? (byte)1 : (byte)0);
        throw new NotSupportedException($"There is no conversion to {typeof(TTo).Name}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ToSingle<T>(T x) where T : unmanaged =>
        typeof(T) == typeof(double) ? (float)Unsafe.BitCast<T, double>(x)
        : typeof(T) == typeof(long) ? (float)Unsafe.BitCast<T, long>(x)
        : (float)ToInt32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ToDouble<T>(T x) where T : unmanaged =>
        typeof(T) == typeof(float) ? (double)Unsafe.BitCast<T, float>(x)
        : typeof(T) == typeof(long) ? (double)Unsafe.BitCast<T, long>(x)
        : (double)ToInt32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ToInt32<T>(T x) where T : unmanaged =>
        typeof(T) == typeof(float) ? (int)Unsafe.BitCast<T, float>(x)
        : typeof(T) == typeof(double) ? (int)Unsafe.BitCast<T, double>(x)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<T, int>(x)
        : typeof(T) == typeof(long) ? unchecked((int)Unsafe.BitCast<T, long>(x))
        : typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(x)
        : throw NotSupported<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ToInt64<T>(T x) where T : unmanaged =>
        typeof(T) == typeof(float) ? (long)Unsafe.BitCast<T, float>(x)
        : typeof(T) == typeof(double) ? (long)Unsafe.BitCast<T, double>(x)
        : ToInt32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ToBool<T>(T x) where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(x) != 0
        : typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(x) != 0
        : typeof(T) == typeof(long) ? Unsafe.BitCast<T, long>(x) != 0
        : ToInt32(x) != 0;

    private static NotSupportedException NotSupported<T>() => new($"There is no conversion from {typeof(T).Name}.");
}
