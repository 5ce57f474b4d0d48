using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of celu: y = 1 where x > 0, else e^(x/α), the quotient without its rounding error, which is |x/α| times as large in
/// the exponential;  dy/dx = 0 or y/α.
/// </summary>
internal sealed record CeluSlopeOp(double Alpha) : UnaryOp<CeluSlopeOp.Body>(new Body(Alpha))
{
    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => Tensor.Where(x > 0, Tensor.ConstantLike(0, y), y / Alpha);

    public readonly struct Body(double alpha) : IUnary
    {
        // From here on e^x is 0, and an infinite x would have no rest.
        private const double Tail = -800, Largest = 1e38;

        /// <summary>x/α and what it lacks, where it is above a tail in which e to its power is 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Exponent<V>(V x, double alpha, out V rest) where V : struct, ILane<V>
        {
            V divisor = V.Constant(alpha);
            x = V.Max(x, V.Constant(Math.Max(Tail * alpha, -Largest)));
            V y = x / divisor;
            rest = (V.ExactFma(-y, divisor, x) - y * ConstantRest.Of<V>(alpha)) / divisor;
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V zero = V.Constant(0), rest = zero;
            V y = V.Exp(alpha == 1 ? V.Min(x, zero) : Exponent(V.Min(x, zero), alpha, out rest));
            return V.Select(V.LessThan(zero, x), V.Constant(1), V.Fma(y, rest, y));
        }
    }
}
