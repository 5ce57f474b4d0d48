using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether each left element is at most the right one; false if either is NaN.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => LessOrEqualOp.Default.Apply(left, right);

    /// <summary>Whether each left element is at most the right one; false if either is NaN.</summary>
    public static Tensor operator <=(Tensor left, double right) => LessOrEqualOp.Default.Apply(left, Scalar(right, left));

    /// <summary>Whether each left element is at most the right one; false if either is NaN.</summary>
    public static Tensor operator <=(double left, Tensor right) => LessOrEqualOp.Default.Apply(Scalar(left, right), right);

    /// <summary>Whether each left element is at least the right one; false if either is NaN.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => LessOrEqualOp.Default.Turned(left, right, "GreaterOrEqual");

    /// <summary>Whether each left element is at least the right one; false if either is NaN.</summary>
    public static Tensor operator >=(Tensor left, double right) => LessOrEqualOp.Default.Turned(left, Scalar(right, left), "GreaterOrEqual");

    /// <summary>Whether each left element is at least the right one; false if either is NaN.</summary>
    public static Tensor operator >=(double left, Tensor right) => LessOrEqualOp.Default.Turned(Scalar(left, right), right, "GreaterOrEqual");
}

/// <summary>y = a &lt;= b, as bool.</summary>
internal sealed record LessOrEqualOp() : CompareOp<LessOrEqualOp.Body>(default(Body))
{
    public static readonly LessOrEqualOp Default = new();

    public override string Sign => "≤";

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.LessOrEqual(a, b);
    }
}
