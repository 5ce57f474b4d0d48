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
            return Quotient(tail, tail);
        }

        /// <summary>n / (1 + tail)² for a tail from 0 to 1, of the divisor nothing is lost.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Quotient<V>(V n, V tail) where V : struct, ILane<V>
        {
            V one = V.Constant(1), sum = one + tail, square = sum * sum, inverse = one / square;
            V low = V.Fma(V.Constant(2) * sum, tail - (sum - one), V.ExactFma(sum, sum, -square));
            V y = n * inverse;
            return V.Fma(inverse, V.ExactFma(-y, square, n) - y * low, y);
        }
    }
}
