using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x - tanh x of each element.</summary>
    public Tensor Tanhshrink() => TanhshrinkOp.Default.Apply(this);
}

/// <summary>y = x - tanh x,  dy/dx = tanh² x.</summary>
internal sealed record TanhshrinkOp() : UnaryOp<TanhshrinkOp.Body>(default(Body))
{
    public static readonly TanhshrinkOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Tanh().Square();

    public readonly struct Body : IUnary
    {
        public V Invoke<V>(V x) where V : struct, ILane<V> => x - V.Tanh(x);
    }
}
