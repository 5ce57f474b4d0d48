using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln(e^a + e^b) of each pair of elements; never overflows.</summary>
    public static Tensor LogAddExp(Tensor left, Tensor right) => LogAddExpOp.Default.Apply(left, right);
}

/// <summary>y = max(a, b) + ln(1 + e^(-|a - b|)),  dy/da = σ(a - b), dy/db = σ(b - a); 1/2 each for two +∞, 0 for two -∞.</summary>
internal sealed record LogAddExpOp() : BinaryOp<LogAddExpOp.Body>(default(Body))
{
    public static readonly LogAddExpOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        // Equal infinities have no difference.
        Tensor zero = Tensor.ConstantLike(0, a);
        Tensor isEqual = a.EqualTo(b).And(a.Abs().EqualTo(double.PositiveInfinity));
        Tensor left = Tensor.Where(isEqual, zero, a), right = Tensor.Where(isEqual, zero, b);
        Tensor share = (operand == 0 ? left - right : right - left).Sigmoid();
        return Tensor.Where(isEqual.And(a < 0), zero, share);
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V>
        {
            V distance = V.Select(V.Equal(a, b), V.Constant(0), V.Abs(a - b));
            return V.Max(a, b) + V.Log1p(V.Exp(-distance));
        }
    }
}
