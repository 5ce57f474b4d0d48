using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>-1, 0 or 1 by the sign of each element; NaN stays NaN.</summary>
    public Tensor Sign() => SignOp.Default.Apply(this);
}

/// <summary>y = sign x, 0 at 0;  its derivative is zero.</summary>
internal sealed record SignOp() : UnaryOp<SignOp.Body>(default(Body))
{
    public static readonly SignOp Default = new();

    public override bool IsDifferentiable => false;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.Zero;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V zero = V.Constant(0);
            V positive = V.Select(V.LessThan(zero, x), V.Constant(1), x);
            V signed = V.Select(V.LessThan(x, zero), V.Constant(-1), positive);
            return V.Select(V.Equal(x, zero), zero, signed);
        }
    }
}
