using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The angle from -π to π of the point (x, y), with the special cases of the C standard: the signs of zeros count.</summary>
    public static Tensor Atan2(Tensor y, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(x);
        return Atan2Op.Default.Apply(y, x);
    }
}

/// <summary>y = atan2(a, b),  dy/da = b/(a² + b²), dy/db = -a/(a² + b²), both 0 at the origin and infinitely far from it.</summary>
internal sealed record Atan2Op() : BinaryOp<Atan2Op.Body>(default(Body))
{
    public static readonly Atan2Op Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        // Twice by the distance, whose square might overflow or vanish.
        Tensor distance = Tensor.Hypot(a, b);
        Tensor isNone = distance.EqualTo(0).Or(distance.EqualTo(double.PositiveInfinity));
        Tensor along = Tensor.Where(isNone, Tensor.ConstantLike(0, a), operand == 0 ? b : -a);
        // Where there is no direction, the distance of (1, 1) stands in for the one that must not be differentiated.
        Tensor one = Tensor.ConstantLike(1, a);
        Tensor safe = Tensor.Hypot(Tensor.Where(isNone, one, a), Tensor.Where(isNone, one, b));
        return along / safe / safe;
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Atan2(a, b);
    }
}
