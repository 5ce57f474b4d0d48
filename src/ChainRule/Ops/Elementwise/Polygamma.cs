using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The derivative of the given order of the digamma function; <see cref="Digamma"/> itself for order 0.</summary>
    /// <param name="order">From 0 to 20.</param>
    /// <remarks>+∞ for odd orders and NaN for even ones at the negative integers.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or above 20; differentiating order 20 again asks for 21.</exception>
    public Tensor Polygamma(int order)
    {
        if (order is < 0 or > PolygammaOp.Highest)
            throw new ArgumentOutOfRangeException(nameof(order), order, $"Polygamma: the order must be from 0 to {PolygammaOp.Highest}; each derivative raises it by 1.");
        return order == 0 ? Digamma() : new PolygammaOp(order).Apply(this);
    }
}

/// <summary>y = ψₙ(x) = (-1)^(n+1) n! Σ 1/(x + i)^(n+1) over i from 0,  dy/dx = ψₙ₊₁(x).</summary>
internal sealed record PolygammaOp(int Order) : UnaryOp<PolygammaOp.Body>(new Body(Order))
{
    public const int Highest = 20;

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Polygamma(Order + 1);

    public readonly struct Body(int order) : IUnary, IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnary.Invoke<V>(V x) => V.InDouble(x, this);

        V IDoubleUnary.Invoke<V>(V x) => DoubleFunctions.Polygamma(x, order);
    }
}
