using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The larger of each pair of elements; NaN if either is NaN.</summary>
    public static Tensor Maximum(Tensor left, Tensor right) => MaximumOp.Default.Apply(left, right);
}

/// <summary>y = max(a, b);  the derivative is 1 for the larger one, 1/2 each for equal ones.</summary>
internal sealed record MaximumOp() : BinaryOp<MaximumOp.Body>(default(Body))
{
    public static readonly MaximumOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? TieShareOp.Default.Apply(a, b) : TieShareOp.Default.Apply(b, a);

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Max(a, b);
    }
}
