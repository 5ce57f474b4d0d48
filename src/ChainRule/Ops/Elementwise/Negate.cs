using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The negative of each element; the sign of zero flips too.</summary>
    public Tensor Negate() => NegateOp.Default.Apply(this);

    /// <inheritdoc cref="Negate"/>
    public static Tensor operator -(Tensor x) => NegateOp.Default.Apply(x);
}

/// <summary>y = -x,  dy/dx = -1.</summary>
internal sealed record NegateOp() : UnaryOp<NegateOp.Body>(default(Body))
{
    public static readonly NegateOp Default = new();

    public override string Sign => "-";

    public override Keeps Keeps => Keeps.Nothing;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.MinusOne;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => -x;
    }
}
