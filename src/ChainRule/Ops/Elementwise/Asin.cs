using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The angle from -π/2 to π/2 whose sine is the element; NaN beyond ±1.</summary>
    public Tensor Asin() => AsinOp.Default.Apply(this);
}

/// <summary>y = asin x,  dy/dx = 1/√((1 - x)(1 + x)), infinite at ±1.</summary>
internal sealed record AsinOp() : UnaryOp<AsinOp.Body>(default(Body))
{
    public static readonly AsinOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => ((1 - x) * (1 + x)).Rsqrt();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Asin(x);
    }
}
