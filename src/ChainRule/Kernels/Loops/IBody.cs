using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>An elementwise kernel of any arity as the loops see it; operands beyond the arity are not read.</summary>
internal interface IBody
{
    static abstract int Arity { get; }

    /// <summary>True if the result is a mask, stored as one byte of 0 or 1 for each element.</summary>
    static abstract bool GivesMask { get; }

    V Invoke<V>(V a, V b, V c) where V : struct, ILane<V>;
}

/// <summary>A kernel of one operand.</summary>
internal readonly struct UnaryBody<TKernel>(TKernel kernel) : IBody where TKernel : struct, IUnary
{
    private readonly TKernel _kernel = kernel;

    public static int Arity => 1;
    public static bool GivesMask => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b, V c) where V : struct, ILane<V> => _kernel.Invoke(a);
}

/// <summary>A kernel of two operands.</summary>
internal readonly struct BinaryBody<TKernel>(TKernel kernel) : IBody where TKernel : struct, IBinary
{
    private readonly TKernel _kernel = kernel;

    public static int Arity => 2;
    public static bool GivesMask => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b, V c) where V : struct, ILane<V> => _kernel.Invoke(a, b);
}

/// <summary>A kernel of three operands.</summary>
internal readonly struct TernaryBody<TKernel>(TKernel kernel) : IBody where TKernel : struct, ITernary
{
    private readonly TKernel _kernel = kernel;

    public static int Arity => 3;
    public static bool GivesMask => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b, V c) where V : struct, ILane<V> => _kernel.Invoke(a, b, c);
}

/// <summary>A body whose result is a mask.</summary>
internal readonly struct MaskBody<TBody>(TBody body) : IBody where TBody : struct, IBody
{
    private readonly TBody _body = body;

    public static int Arity => TBody.Arity;
    public static bool GivesMask => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b, V c) where V : struct, ILane<V> => _body.Invoke(a, b, c);
}
