using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of the Gaussian error linear unit: y = Φ(x) + x·φ(x),  dy/dx = (2 - x²)·φ(x).
/// A function of its own, since the two terms cancel near its zero at -0.7518 and in the tail.
/// </summary>
internal sealed record GeluSlopeOp() : UnaryOp<GeluSlopeOp.Body>(default(Body))
{
    private const double InverseSqrt2Pi = 0.39894228040143267794;

    // From here on φ is 0 to the last bit, and an infinite x would give ∞·0.
    private const double Tail = 40;

    public static readonly GeluSlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor square = x.Clamp(-Tail, Tail).Square();
        return InverseSqrt2Pi * (2 - square) * (-0.5 * square).Exp();
    }

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.GeluSlope(x);
    }
}
