using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x·tanh(ln(1 + e^x)) of each element; -0 at -∞.</summary>
    public Tensor Mish() => MishOp.Default.Apply(this);
}

/// <summary>y = x·w with w = tanh(softplus x) = ((1 + e^x)² - 1)/((1 + e^x)² + 1),  dy/dx = w + x·tanh'(softplus x)·σ(x). Misra 2019.</summary>
internal sealed record MishOp() : UnaryOp<MishOp.Body>(default(Body))
{
    // From here on the sigmoid is 0 or 1 to the last bit, and an infinite x would give ∞·0.
    private const double Tail = 1000;

    public static readonly MishOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor near = x.Clamp(-Tail, Tail), soft = near.Softplus();
        return soft.Tanh() + near * TanhSlopeOp.Default.Apply(soft) * near.Sigmoid();
    }

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Mish(x);
    }
}
