using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The square root of each element; NaN below 0.</summary>
    public Tensor Sqrt() => SqrtOp.Default.Apply(this);
}

/// <summary>y = √x,  dy/dx = 1/(2y), +inf at 0 and -0.</summary>
internal sealed record SqrtOp() : UnaryOp<SqrtOp.Body>(default(Body))
{
    public static readonly SqrtOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    // √-0 is -0, and -0 + 0 is +0: the slope is +inf on both.
    protected override Partial Derivative(Tensor x, Tensor y) => 0.5 / (y + 0);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Sqrt(x);
    }
}
