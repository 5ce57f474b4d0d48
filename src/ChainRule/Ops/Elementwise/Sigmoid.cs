using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The logistic function 1/(1 + e^(-x)) of each element, between 0 and 1.</summary>
    public Tensor Sigmoid() => SigmoidOp.Default.Apply(this);
}

/// <summary>y = 1/(1 + e^(-x)) by the sign of x, so that nothing overflows,  dy/dx = y(1 - y).</summary>
internal sealed record SigmoidOp() : UnaryOp<SigmoidOp.Body>(default(Body))
{
    public static readonly SigmoidOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => SigmoidSlopeOp.Default.Apply(x);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V one = V.Constant(1), tail = V.Exp(-V.Abs(x));
            V isNegative = V.LessThan(x, V.Constant(0));
            V y = V.Select(isNegative, tail, one) / (one + tail);
            // tail/(1 + tail) as tail - tail·y: the rounding errors of y weigh less.
            return V.Select(isNegative, V.Fma(-tail, y, tail), y);
        }
    }
}
