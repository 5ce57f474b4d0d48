namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>min(max(x, 0), 6) of each element; the slope is 0 at and beyond the bounds.</summary>
    public Tensor Relu6() => Clamp(0, 6);
}
