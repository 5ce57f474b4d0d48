using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>1/√x of each element.</summary>
    public Tensor Rsqrt() => RsqrtOp.Default.Apply(this);
}

/// <summary>y = 1/√x,  dy/dx = -y/(2x).</summary>
internal sealed record RsqrtOp() : UnaryOp<RsqrtOp.Body>(default(Body))
{
    public static readonly RsqrtOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => -0.5 * y / x;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Constant(1) / V.Sqrt(x);
    }
}
