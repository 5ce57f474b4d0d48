using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether each left element is less than the right one; false if either is NaN.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => LessOp.Default.Apply(left, right);

    /// <summary>Whether each left element is less than the right one; false if either is NaN.</summary>
    public static Tensor operator <(Tensor left, double right) => LessOp.Default.Apply(left, Scalar(right, left));

    /// <summary>Whether each left element is less than the right one; false if either is NaN.</summary>
    public static Tensor operator <(double left, Tensor right) => LessOp.Default.Apply(Scalar(left, right), right);

    /// <summary>Whether each left element is greater than the right one; false if either is NaN.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => LessOp.Default.Turned(left, right, "Greater");

    /// <summary>Whether each left element is greater than the right one; false if either is NaN.</summary>
    public static Tensor operator >(Tensor left, double right) => LessOp.Default.Turned(left, Scalar(right, left), "Greater");

    /// <summary>Whether each left element is greater than the right one; false if either is NaN.</summary>
    public static Tensor operator >(double left, Tensor right) => LessOp.Default.Turned(Scalar(left, right), right, "Greater");
}

/// <summary>y = a &lt; b, as bool.</summary>
internal sealed record LessOp() : CompareOp<LessOp.Body>(default(Body))
{
    public static readonly LessOp Default = new();

    public override string Sign => "<";

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.LessThan(a, b);
    }
}
