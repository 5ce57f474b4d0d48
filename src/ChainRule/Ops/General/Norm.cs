namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The p-norm (Σ|x|^p)^(1/p) over all axes or some; max |x| for p = +inf, min |x| for p = -inf, the number of elements that are not 0
    /// for p = 0. 0 for no elements.
    /// </summary>
    /// <remarks>
    /// Scaled by the largest element, so that no power over- or underflows. Elements of 0 get a gradient of 0, and so do all of the zero
    /// vector and of one whose norm is infinite.
    /// </remarks>
    /// <param name="p">Which norm: 0 or more, or -inf; below 1 it is no norm, but computed all the same.</param>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is negative and finite, or NaN.</exception>
    /// <exception cref="ShapeException">There are no elements to choose the smallest from.</exception>
    public Tensor Norm(double p = 2, Axes? axes = null, bool keepDims = false)
    {
        RequireOrder(p, nameof(Norm));
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        uint mask = Axes.Mask(axes, Shape, nameof(Norm));
        if (double.IsNegativeInfinity(p))
            return x.Abs().Min(axes, keepDims);
        if (p == 0)
            return x.NotEqualTo(0).To(x.DType).Sum(axes, keepDims);
        if (p == 1 || CountOver(axes, nameof(Norm)) == 0)
            return x.Abs().Sum(axes, keepDims);
        if (double.IsInfinity(p))
            return x.Abs().Max(axes, keepDims);
        // The scale is no part of the derivative: divided by a tiny one, what flows back would overflow.
        Tensor y = new NormOp(p, mask).Apply(x, NormOp.Value(x.Detach(), p, Axes.From(mask)));
        return keepDims ? y : y.Reshape(Reduced.Shape(Shape, mask));
    }

    private static void RequireOrder(double p, string operation)
    {
        if (!(p >= 0 || double.IsNegativeInfinity(p)))
            throw new ArgumentOutOfRangeException(nameof(p), p, $"{operation}: p, the order of a norm, must be at least 0, or -inf for the smallest.");
    }
}

/// <summary>
/// y = (Σ|x|^p)^(1/p) over the axes in the mask, which stay with size 1; the second operand is that value, computed before, and a
/// constant;  dy/dx = sign x·(|x|/y)^(p-1), and 0 where x or y is 0 or y is infinite.
/// </summary>
internal sealed record NormOp(double P, uint Over) : LengthOp(Over)
{
    /// <summary>The norm, scaled by the largest magnitude.</summary>
    public static Tensor Value(Tensor x, double p, Axes axes)
    {
        Tensor size = x.Abs(), largest = size.Max(axes, keepDims: true);
        Tensor scale = Tensor.Where((largest > 0).And(largest < double.PositiveInfinity), largest, 1.0);
        Tensor ratio = size / scale;
        Tensor sum = (p == 2 ? ratio.Square() : ratio.Pow(p)).Sum(axes, keepDims: true);
        return scale * (p == 2 ? sum.Sqrt() : sum.Pow(1 / p));
    }

    // A ratio of magnitudes, which is right however small or large they are.
    protected override Tensor Direction(Tensor x, Tensor y)
    {
        Tensor ratio = Ratio(x, y);
        if (P == 2) return ratio;
        // Below p = 2 a power's slope at 0 is infinite, which no 0 would stop.
        Tensor isZero = ratio.EqualTo(0);
        return Tensor.Where(isZero, 0.0, Tensor.Where(isZero, 1.0, ratio.Abs()).Pow(P - 1) * ratio.Sign());
    }
}
