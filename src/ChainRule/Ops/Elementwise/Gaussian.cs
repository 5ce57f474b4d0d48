using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y = e^(-x²), the square without its rounding error, which is x² times as large in the exponential;  dy/dx = -2x·y.</summary>
internal sealed record GaussianOp() : UnaryOp<GaussianOp.Body>(default(Body))
{
    // From here on y is 0, and an infinite x would give ∞·0.
    private const double Tail = 40;

    public static readonly GaussianOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => -2 * x.Clamp(-Tail, Tail) * y;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V size = V.Min(V.Abs(x), V.Constant(Tail)), square = size * size;
            V y = V.Exp(-square);
            return V.Fma(-y, V.ExactFma(size, size, -square), y);
        }
    }
}
