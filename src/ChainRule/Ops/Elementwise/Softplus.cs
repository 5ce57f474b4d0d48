using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln(1 + e^x) of each element, a smooth maximum of x and 0; never overflows.</summary>
    public Tensor Softplus() => SoftplusOp.Default.Apply(this);

    /// <summary>ln(1 + e^(βx))/β of each element, closer to max(x, 0) for a larger β; never overflows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">β is not a positive number.</exception>
    public Tensor Softplus(double beta) =>
        (this * Bounds.Positive(beta, nameof(Softplus), nameof(beta))).Softplus() / beta;
}

/// <summary>y = max(x, 0) + ln(1 + e^(-|x|)),  dy/dx = sigmoid x.</summary>
internal sealed record SoftplusOp() : UnaryOp<SoftplusOp.Body>(default(Body))
{
    public static readonly SoftplusOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Sigmoid();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> =>
            V.Max(x, V.Constant(0)) + V.Log1p(V.Exp(-V.Abs(x)));
    }
}
