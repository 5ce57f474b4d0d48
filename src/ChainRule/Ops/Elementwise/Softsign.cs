using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x/(1 + |x|) of each element, between -1 and 1.</summary>
    public Tensor Softsign() => SoftsignOp.Default.Apply(this);
}

/// <summary>y = x/(1 + |x|),  dy/dx = 1/(1 + |x|)².</summary>
internal sealed record SoftsignOp() : UnaryOp<SoftsignOp.Body>(default(Body))
{
    public static readonly SoftsignOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => (x.Abs() + 1).Reciprocal().Square();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            V size = V.Abs(x);
            // The limit of the quotient ∞/∞ is the sign.
            V limit = V.Select(V.LessThan(x, V.Constant(0)), V.Constant(-1), V.Constant(1));
            return V.Select(V.Equal(size, V.Constant(double.PositiveInfinity)), limit, x / (V.Constant(1) + size));
        }
    }
}
