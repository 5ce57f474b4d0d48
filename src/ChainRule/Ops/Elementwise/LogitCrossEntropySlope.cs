using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of the binary cross entropy by the logit: y = (1 - t) sigmoid x - t sigmoid(-x), which is sigmoid x - t but keeps
/// its digits where the sigmoid rounds to t;  dy/dx = the sigmoid's slope,  dy/dt = -1.
/// </summary>
internal sealed record LogitCrossEntropySlopeOp() : BinaryOp<LogitCrossEntropySlopeOp.Body>(default(Body))
{
    public static readonly LogitCrossEntropySlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) =>
        operand == 0 ? SigmoidSlopeOp.Default.Apply(a) : Partial.MinusOne;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x, V t) where V : struct, ILane<V>
        {
            V one = V.Constant(1), tail = V.Exp(-V.Abs(x));
            V large = one / (one + tail), small = tail / (one + tail);
            V isNegative = V.LessThan(x, V.Constant(0));
            return (one - t) * V.Select(isNegative, small, large) - t * V.Select(isNegative, large, small);
        }
    }
}
