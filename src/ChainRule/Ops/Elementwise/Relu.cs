using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>max(x, 0) of each element; NaN stays NaN, -0 becomes +0.</summary>
    public Tensor Relu() => ReluOp.Default.Apply(this);
}

/// <summary>y = max(x, 0),  dy/dx = 1 where x > 0, else 0 (at 0 the subgradient of least norm).</summary>
internal sealed record ReluOp() : UnaryOp<ReluOp.Body>(default(Body))
{
    public static readonly ReluOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.Mask(x > 0);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Max(x, V.Constant(0));
    }
}
