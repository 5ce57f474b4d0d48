using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x where x > 0, else α(e^(x/α) - 1): the exponential linear unit whose slope has no jump.</summary>
    /// <param name="alpha">What it tends to, negated, on the negative side.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not a positive number.</exception>
    public Tensor Celu(double alpha = 1) =>
        new CeluOp(Bounds.Positive(alpha, nameof(Celu), nameof(alpha))).Apply(this);
}

/// <summary>y = x where x > 0, else α(e^(x/α) - 1);  dy/dx = 1 or e^(x/α). Barron 2017.</summary>
internal sealed record CeluOp(double Alpha) : UnaryOp<CeluOp.Body>(new Body(Alpha))
{
    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => new CeluSlopeOp(Alpha).Apply(x);

    public readonly struct Body(double alpha) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V y = alpha == 1 ? V.Expm1(x) : Scaled(x);
            // Nearest to 0 it is x, which a division might round among the subnormal numbers.
            return V.Select(V.LessThan(V.Constant(-1e-30), x), x, y);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Scaled<V>(V x) where V : struct, ILane<V>
        {
            V exponent = CeluSlopeOp.Body.Exponent(x, alpha, out V rest), y = V.Expm1(exponent);
            // e^(r + s) - 1 = y + s(1 + y) for a small s.
            V low = V.Fma(V.Constant(alpha), V.Fma(rest, y, rest), y * ConstantRest.Of<V>(alpha));
            return V.Fma(y, V.Constant(alpha), low);
        }
    }
}
