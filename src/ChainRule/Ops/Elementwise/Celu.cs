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

    protected override Partial Derivative(Tensor x, Tensor y) =>
        Tensor.Where(x > 0, Tensor.ConstantLike(1, x), (Tensor.Where(x > 0, Tensor.ConstantLike(0, x), x) / Alpha).Exp());

    public readonly struct Body(double alpha) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> =>
            // Nearest to 0 it is x, which a division might round among the subnormal numbers.
            V.Select(V.LessThan(V.Constant(-1e-30), x), x, V.Constant(alpha) * V.Expm1(x / V.Constant(alpha)));
    }
}
