using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The square of each element.</summary>
    public Tensor Square() => SquareOp.Default.Apply(this);
}

/// <summary>y = x²,  dy/dx = 2x.</summary>
internal sealed record SquareOp() : UnaryOp<SquareOp.Body>(default(Body))
{
    public static readonly SquareOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => 2 * x;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => x * x;
    }
}
