using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The smaller of each pair of elements; NaN if either is NaN.</summary>
    public static Tensor Minimum(Tensor left, Tensor right) => MinimumOp.Default.Apply(left, right);
}

/// <summary>y = min(a, b);  the derivative is 1 for the smaller one, 1/2 each for equal ones.</summary>
internal sealed record MinimumOp() : BinaryOp<MinimumOp.Body>(default(Body))
{
    public static readonly MinimumOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? TieShareOp.Default.Apply(b, a) : TieShareOp.Default.Apply(a, b);

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Min(a, b);
    }
}
