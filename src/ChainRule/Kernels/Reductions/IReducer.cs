using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>How two values become one.</summary>
internal interface IReducer
{
    /// <summary>The value that changes no other one: combined with x it gives the bits of x.</summary>
    static abstract V Neutral<V>() where V : struct, ILane<V>;

    /// <summary>True if the order in which values are combined never shows, so that several can be combined at a time.</summary>
    static abstract bool IsOrderFree { get; }

    static abstract V Combine<V>(V a, V b) where V : struct, ILane<V>;
}

/// <summary>The sum. Its neutral value is -0: +0 would turn a sum of negative zeros into +0.</summary>
internal readonly struct SumOf : IReducer
{
    public static bool IsOrderFree => false;

    [MethodImpl(AggressiveInlining)] public static V Neutral<V>() where V : struct, ILane<V> => V.Constant(-0.0);
    [MethodImpl(AggressiveInlining)] public static V Combine<V>(V a, V b) where V : struct, ILane<V> => a + b;
}

/// <summary>The product.</summary>
internal readonly struct ProductOf : IReducer
{
    public static bool IsOrderFree => false;

    [MethodImpl(AggressiveInlining)] public static V Neutral<V>() where V : struct, ILane<V> => V.Constant(1);
    [MethodImpl(AggressiveInlining)] public static V Combine<V>(V a, V b) where V : struct, ILane<V> => a * b;
}

/// <summary>The largest; the constant becomes the least integer in lanes of integers.</summary>
internal readonly struct MaxOf : IReducer
{
    public static bool IsOrderFree => true;

    [MethodImpl(AggressiveInlining)] public static V Neutral<V>() where V : struct, ILane<V> => V.Constant(double.NegativeInfinity);
    [MethodImpl(AggressiveInlining)] public static V Combine<V>(V a, V b) where V : struct, ILane<V> => V.Max(a, b);
}

/// <summary>The smallest.</summary>
internal readonly struct MinOf : IReducer
{
    public static bool IsOrderFree => true;

    [MethodImpl(AggressiveInlining)] public static V Neutral<V>() where V : struct, ILane<V> => V.Constant(double.PositiveInfinity);
    [MethodImpl(AggressiveInlining)] public static V Combine<V>(V a, V b) where V : struct, ILane<V> => V.Min(a, b);
}

/// <summary>The largest of the numbers; NaN is passed over, and which zero wins is left open. Quicker than <see cref="MaxOf"/>.</summary>
internal readonly struct LargestOf : IReducer
{
    public static bool IsOrderFree => true;

    [MethodImpl(AggressiveInlining)] public static V Neutral<V>() where V : struct, ILane<V> => V.Constant(double.NegativeInfinity);
    [MethodImpl(AggressiveInlining)] public static V Combine<V>(V a, V b) where V : struct, ILane<V> => V.Select(V.LessThan(a, b), b, a);
}
