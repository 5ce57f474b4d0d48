using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>e to the power of each element.</summary>
    public Tensor Exp() => ExpOp.Default.Apply(this);
}

/// <summary>y = e^x,  dy/dx = y.</summary>
internal sealed record ExpOp() : UnaryOp<ExpOp.Body>(default(Body))
{
    public static readonly ExpOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => y;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Exp(x);
    }
}
