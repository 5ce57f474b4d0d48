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

    public readonly struct Body(int order) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V zero = V.Constant(0), one = V.Constant(1);
            V u = V.Constant(Math.PI) * x;

            // sin(πx) and cos(πx) by the distance from the nearest integer, whose parity is the sign.
            V whole = V.Round(x), half = V.Constant(0.5) * whole;
            V sign = V.Select(V.Equal(half, V.Floor(half)), one, V.Constant(-1));
            V angle = V.Constant(Math.PI) * (x - whole);
            V sine = sign * V.Sin(angle), cosine = sign * V.Cos(angle);

            // u f = sin u, differentiated n times: u f⁽ⁿ⁾ + n f⁽ⁿ⁻¹⁾ = sin⁽ⁿ⁾ u.
            V y = V.Select(V.Equal(x, zero), one, sine / u);
            double scale = 1;
            for (int n = 1; n <= order; n++, scale *= Math.PI)
            {
                V slope = (n & 1) == 0 ? sine : cosine;
                y = (((n >> 1) & 1) == 0 ? slope : -slope) - V.Constant(n) * y;
                y /= u;
            }
            if (order == 0)
                return y;
            return V.Constant(scale) * V.Select(V.LessThan(V.Abs(x), V.Constant(NearZero)), Series(u), y);
        }

        // Below this the recurrence loses digits, order by order; the series has its largest term near 1 there.
        private double NearZero => 1 + 0.2 * order;

        /// <summary>Σ (-1)^m u^(2m-n) / ((2m + 1) (2m - n)!), from the term with power 0 or 1.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Series<V>(V u) where V : struct, ILane<V>
        {
            int first = (order + 1) / 2, parity = order & 1;
            V square = u * u, sum = V.Constant(0);
            for (int m = first + 24; m >= first; m--)
            {
                // Horner: each term is the one before times -u² / ((p + 1)(p + 2)), but for 1 / (2m + 1).
                int power = 2 * m - order;
                double sign = (m & 1) == 0 ? 1 : -1;
                sum = V.Constant(sign / (2 * m + 1)) + sum * square / V.Constant((power + 1.0) * (power + 2));
            }
            return parity == 1 ? sum * u : sum;
        }
    }
}
