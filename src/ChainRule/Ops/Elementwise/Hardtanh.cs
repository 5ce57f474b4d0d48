namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Each element, but not below <paramref name="min"/> or above <paramref name="max"/>; the slope is 0 at and beyond the bounds.</summary>
    /// <exception cref="ArgumentException">The bounds are NaN or in the wrong order.</exception>
    public Tensor Hardtanh(double min = -1, double max = 1) => Clamped(min, max, nameof(Hardtanh));
}
