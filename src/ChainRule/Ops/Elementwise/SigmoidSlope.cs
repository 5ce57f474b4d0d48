using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of the logistic function: y = e^(-|x|) / (1 + e^(-|x|))²,  dy/dx = -y tanh(x/2).
/// From the input: y(1 - y) of the rounded y is 0 in the tail, where the truth is small but not 0.
/// </summary>
internal sealed record SigmoidSlopeOp() : UnaryOp<SigmoidSlopeOp.Body>(default(Body))
{
    public static readonly SigmoidSlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => -y * (0.5 * x).Tanh();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V tail = V.Exp(-V.Abs(x));
            V sum = V.Constant(1) + tail;
            return tail / (sum * sum);
        }
    }
}
