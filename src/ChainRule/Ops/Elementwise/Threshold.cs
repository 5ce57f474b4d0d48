namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x where x > <paramref name="threshold"/>, else <paramref name="value"/>; NaN stays NaN, and the slope is 0 at the threshold.</summary>
    public Tensor Threshold(double threshold, double value) =>
        Where(this <= Bounds.Number(threshold, nameof(Threshold), nameof(threshold)), value, this);
}
