using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>sin(πx)/(πx) of each element, 1 at 0; exactly 0 at the other integers.</summary>
    public Tensor Sinc() => new SincOp(0).Apply(this);
}

/// <summary>y = the derivative of the given order of sin(πx)/(πx),  dy/dx = that of the next order, so that all of them are right at 0 too.</summary>
internal sealed record SincOp(int Order) : UnaryOp<SincOp.Body>(new Body(Order))
{
    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => new SincOp(Order + 1).Apply(x);

    public readonly struct Body(int order) : IUnary, IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.InDouble(x, this);

        V IDoubleUnary.Invoke<V>(V x) => DoubleFunctions.Sinc(x, order);
    }
}
