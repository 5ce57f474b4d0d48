using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>e^x - 1 of each element, accurate near 0.</summary>
    public Tensor Expm1() => Expm1Op.Default.Apply(this);
}

/// <summary>y = e^x - 1,  dy/dx = e^x, from the input so that it does not round to 0 where y rounds to -1.</summary>
internal sealed record Expm1Op() : UnaryOp<Expm1Op.Body>(default(Body))
{
    public static readonly Expm1Op Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Exp();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Expm1(x);
    }
}
