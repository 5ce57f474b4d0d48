namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The p-norm (Σ|x|^p)^(1/p) over all axes or some; max |x| for p = +inf, the number of elements that are not 0 for p = 0. 0 for no elements.</summary>
    /// <remarks>Scaled by the largest element, so that no power over- or underflows. Elements of 0 get a gradient of 0, those of the zero vector too.</remarks>
    /// <param name="p">Which norm: 0 or more; below 1 it is no norm, but computed all the same.</param>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is negative or NaN.</exception>
    public Tensor Norm(double p = 2, Axes? axes = null, bool keepDims = false)
    {
        RequireOrder(p, nameof(Norm));
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        bool isEmpty = CountOver(axes, nameof(Norm)) == 0;
        if (p == 0)
            return x.NotEqualTo(0).To(x.DType).Sum(axes, keepDims);
        if (p == 1 || isEmpty)
            return x.Abs().Sum(axes, keepDims);
        if (double.IsInfinity(p))
            return x.Abs().Max(axes, keepDims);
        Tensor scale = x.ScaleOver(axes), ratio = x / scale;
        Tensor sum = (p == 2 ? ratio.Square() : AbsolutePower(ratio, p)).Sum(axes, keepDims: true);
        // A root at 0 has an infinite slope, which no 0 would stop.
        Tensor isZero = sum.EqualTo(0), safe = Where(isZero, 1.0, sum);
        Tensor y = Where(isZero, 0.0, scale * (p == 2 ? safe.Sqrt() : safe.Pow(1 / p)));
        return keepDims ? y : y.Reshape(Reduced.Shape(Shape, Axes.Mask(axes, Shape, nameof(Norm))));
    }

    private static Tensor AbsolutePower(Tensor x, double p)
    {
        Tensor isZero = x.EqualTo(0);
        return Where(isZero, 0.0, Where(isZero, 1.0, x.Abs()).Pow(p));
    }

    // The largest magnitude, a constant for differentiation; 1 where that is no positive number.
    private Tensor ScaleOver(Axes? axes)
    {
        Tensor largest = Detach().Abs().Max(axes, keepDims: true);
        return Where((largest > 0).And(largest < double.PositiveInfinity), largest, 1.0);
    }
}
