namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The standard deviation, the square root of <see cref="Var"/>; its gradient is 0 for equal elements.</summary>
    /// <remarks>Where the squares of the distances would over- or underflow, they are scaled by a power of 2 first.</remarks>
    /// <inheritdoc cref="Var"/>
    public Tensor Std(Axes? axes = null, double correction = 1, bool keepDims = false)
    {
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        double count = CountOver(axes, nameof(Std));
        uint mask = Axes.Mask(axes, Shape, nameof(Std));
        var op = new StdOp(mask, count, Math.Max(count - correction, 0));
        Tensor y = op.Apply(x, op.Value(x.Detach()));
        return keepDims ? y : y.Reshape(Reduced.Shape(Shape, mask));
    }
}

/// <summary>
/// y = √(Σ(x - mean)² / divisor) over the axes in the mask, which stay with size 1; the second operand is that value, computed before,
/// and a constant;  dy/dx = (x - mean) / (divisor·y), and 0 where y is 0 (the subgradient of least norm) or infinite.
/// </summary>
internal sealed record StdOp(uint Over, double Count, double Divisor) : LengthOp(Over)
{
    /// <summary>The standard deviation, of ordinary elements with the bits of the variance's square root.</summary>
    public Tensor Value(Tensor x)
    {
        Axes axes = Axes.From(Over);
        Tensor distance = x - x.FirstOver(axes);
        if (Count == 0)
            return (distance.Square().Sum(axes, keepDims: true) / Divisor).Sqrt();
        Tensor lift = PowerOfTwo.ForSquares(distance.Abs().Max(axes, keepDims: true)), lifted = distance * lift;
        Tensor centred = lifted - lifted.Sum(axes, keepDims: true) / Count;
        return (centred.Square().Sum(axes, keepDims: true) / Divisor).Sqrt() / lift;
    }

    protected override Tensor Direction(Tensor x, Tensor y) => Ratio(x.CentredOver(Axes.From(Over), Count), y) / Divisor;
}
