using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>√(a² + b²) of each pair of elements, without overflow on the way; ∞ if either is infinite.</summary>
    public static Tensor Hypot(Tensor left, Tensor right) => HypotOp.Default.Apply(left, right);
}

/// <summary>y = √(a² + b²),  dy/da = a/y, dy/db = b/y, both 0 at the origin (the subgradient of least norm).</summary>
internal sealed record HypotOp() : BinaryOp<HypotOp.Body>(default(Body))
{
    public static readonly HypotOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override bool TakesIntegers => false;

    // A choice around the ratio too: the origin's second derivatives are 0 as well.
    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        Tensor isOrigin = y.EqualTo(0), length = Tensor.Where(isOrigin, Tensor.ConstantLike(1, y), y);
        return Tensor.Where(isOrigin, Tensor.ConstantLike(0, y), (operand == 0 ? a : b) / length);
    }

    public readonly struct Body : IBinary, IDoubleBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.InDouble(a, b, this);

        V IDoubleBinary.Invoke<V>(V a, V b) => DoubleFunctions.Hypot(a, b);
    }
}
