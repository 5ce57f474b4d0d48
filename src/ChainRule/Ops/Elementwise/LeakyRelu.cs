using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x where x > 0, else slope · x.</summary>
    /// <param name="slope">The slope on the negative side.</param>
    public Tensor LeakyRelu(double slope = 0.01) => new LeakyReluOp(Bounds.Finite(slope, nameof(LeakyRelu), nameof(slope))).Apply(this);
}

/// <summary>y = x where x > 0, else slope·x;  dy/dx = 1 or slope (at 0 the slope, the smaller one).</summary>
internal sealed record LeakyReluOp(double Slope) : UnaryOp<LeakyReluOp.Body>(new Body(Slope))
{
    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) =>
        Tensor.Where(x > 0, Tensor.ConstantLike(1, x), Tensor.ConstantLike(Slope, x));

    public readonly struct Body(double slope) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> =>
            V.Select(V.LessThan(V.Constant(0), x), x, V.Constant(slope) * x);
    }
}
