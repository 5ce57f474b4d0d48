using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The absolute value of each element.</summary>
    public Tensor Abs() => AbsOp.Default.Apply(this);
}

/// <summary>y = |x|,  dy/dx = sign x, 0 at 0 (the subgradient of least norm).</summary>
internal sealed record AbsOp() : UnaryOp<AbsOp.Body>(default(Body))
{
    public static readonly AbsOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Sign();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Abs(x);
    }
}
