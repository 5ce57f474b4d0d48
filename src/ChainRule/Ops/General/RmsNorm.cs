namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x / √(mean of x² + ε)·weight, with the mean over each example's last axes.</summary>
    /// <param name="normalized">The sizes of those last axes.</param>
    /// <param name="weight">Of the shape <paramref name="normalized"/>; null for ones.</param>
    /// <param name="epsilon">ε; the distance from 1 to the next number of the element type if not given.</param>
    /// <remarks>Zhang and Sennrich, "Root mean square layer normalization", 2019. Elements whose squares over- or underflow are scaled by a power of 2 first.</remarks>
    /// <exception cref="ShapeException">The last axes or the weight do not have these sizes.</exception>
    public Tensor RmsNorm(Shape normalized, Tensor? weight = null, double? epsilon = null)
    {
        Axes axes = LastAxes(nameof(RmsNorm), normalized, weight, null);
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        Bounds.NotNegative(epsilon ?? 0, nameof(RmsNorm), nameof(epsilon));
        double least = epsilon ?? (x.DType == DType.Float32 ? MathF.BitIncrement(1) - 1f : Math.BitIncrement(1.0) - 1);
        Tensor square = x.Square().Mean(axes, keepDims: true);
        if (PowerOfTwo.Against(x, square, axes, least) is not { } lift)
            return Scaled(x * (square + least).Rsqrt(), weight, null);
        Tensor lifted = x * lift;
        return Scaled(lifted * (lifted.Square().Mean(axes, keepDims: true) + least * lift * lift).Rsqrt(), weight, null);
    }
}
