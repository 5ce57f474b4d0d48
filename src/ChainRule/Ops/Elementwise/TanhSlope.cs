using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of tanh: y = 1 - tanh² x = 4e^(-2|x|) / (1 + e^(-2|x|))²,  dy/dx = -2 y tanh x.
/// From the input: 1 - y² of the rounded y is 0 in the tail, where the truth is small but not 0.
/// </summary>
internal sealed record TanhSlopeOp() : UnaryOp<TanhSlopeOp.Body>(default(Body))
{
    public static readonly TanhSlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => -2 * y * x.Tanh();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V tail = V.Exp(V.Constant(-2) * V.Abs(x));
            return SigmoidSlopeOp.Body.Quotient(V.Constant(4) * tail, tail);
        }
    }
}
