using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The inverse of the hyperbolic tangent of each element; ±∞ at ±1, NaN beyond.</summary>
    public Tensor Atanh() => AtanhOp.Default.Apply(this);
}

/// <summary>y = atanh x,  dy/dx = 1/((1 - x)(1 + x)).</summary>
internal sealed record AtanhOp() : UnaryOp<AtanhOp.Body>(default(Body))
{
    public static readonly AtanhOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => ((1 - x) * (1 + x)).Reciprocal();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Atanh(x);
    }
}
