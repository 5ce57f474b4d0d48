namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x·min(max(x + 3, 0), 6)/6 of each element; the slope is 0 at -3 and below, 1 at 3 and above. Howard et al. 2019.</summary>
    public Tensor Hardswish() => Clamp(min: -3) * Hardsigmoid(); // below -3 it is 0, also for -∞
}
