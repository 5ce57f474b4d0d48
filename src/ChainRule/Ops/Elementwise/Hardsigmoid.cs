namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>min(max(x + 3, 0), 6)/6 of each element, a sigmoid of straight lines; the slope is 0 at ±3 and beyond.</summary>
    public Tensor Hardsigmoid() => (this + 3).Clamp(0, 6) / 6;
}
