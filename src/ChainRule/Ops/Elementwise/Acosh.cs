using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The inverse of the hyperbolic cosine of each element, at least 0; NaN below 1.</summary>
    public Tensor Acosh() => AcoshOp.Default.Apply(this);
}

/// <summary>y = acosh x,  dy/dx = 1/(√(x - 1) √(x + 1)), infinite at 1.</summary>
internal sealed record AcoshOp() : UnaryOp<AcoshOp.Body>(default(Body))
{
    public static readonly AcoshOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => (x - 1).Rsqrt() * (x + 1).Rsqrt();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Acosh(x);
    }
}
