using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The size of each left element with the sign of the right one; the sign of -0 counts, that of NaN is taken as positive.</summary>
    public static Tensor Copysign(Tensor size, Tensor sign)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(sign);
        return CopysignOp.Default.Apply(size, sign);
    }
}

/// <summary>y = ±|a| with the sign of b,  dy/da = ±1, 0 at 0 (the subgradient of least norm), dy/db = 0.</summary>
internal sealed record CopysignOp() : BinaryOp<CopysignOp.Body>(default(Body))
{
    public static readonly CopysignOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? a.Sign() * y.Sign() : Partial.Zero;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V>
        {
            V size = V.Abs(a), zero = V.Constant(0);
            V isMinusZero = V.And(V.Equal(b, zero), V.LessThan(V.Constant(1) / b, zero));
            return V.Select(V.Or(V.LessThan(b, zero), isMinusZero), -size, size);
        }
    }
}
