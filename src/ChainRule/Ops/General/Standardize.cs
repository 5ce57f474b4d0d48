namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>(x - mean) / √(variance + ε) over some axes: mean 0 and variance just under 1. Exactly 0 for equal elements, however large.</summary>
    /// <param name="axes">The axes that mean and variance (of the population) are taken over; all if none is named.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    public Tensor Standardize(Axes? axes = null, double epsilon = 1e-5) =>
        ElementType.Prepare(this, takesIntegers: false).Standardized(axes, Bounds.NotNegative(epsilon, nameof(Standardize), nameof(epsilon)), out _);

    // Two passes over distances from an element: nothing of a large mean is left to round, and every derivative is that of the sums.
    private Tensor Standardized(Axes? axes, double epsilon, out Tensor variance)
    {
        double count = Math.Max(CountOver(axes, nameof(Standardize)), 1);
        Tensor distance = this - FirstOver(axes);
        Tensor centred = distance - distance.Sum(axes, keepDims: true) / count;
        variance = centred.Square().Sum(axes, keepDims: true) / count;
        return centred * (variance + epsilon).Rsqrt();
    }

    // y·weight + bias for what is there of them.
    private static Tensor Scaled(Tensor y, Tensor? weight, Tensor? bias)
    {
        Tensor scaled = weight is null ? y : y * weight;
        return bias is null ? scaled : scaled + bias;
    }
}
