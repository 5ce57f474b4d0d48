using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of the inverse error function: y = √π/2 e^(g²) with g = erfinv x,  dy/dx = 2 g·y².
/// From the input: a rounding error of g is 2g² times as large in e^(g²).
/// </summary>
internal sealed record ErfinvSlopeOp() : UnaryOp<ErfinvSlopeOp.Body>(default(Body))
{
    public static readonly ErfinvSlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => 2 * x.Erfinv() * y.Square();

    public readonly struct Body : IUnary, IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnary.Invoke<V>(V x) => V.InDouble(x, this);

        V IDoubleUnary.Invoke<V>(V x) => DoubleFunctions.ErfinvSlope(x);
    }
}
