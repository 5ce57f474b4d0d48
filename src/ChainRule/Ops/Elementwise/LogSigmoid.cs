namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln(1/(1 + e^(-x))) of each element; never overflows, -∞ at -∞ with slope 1.</summary>
    public Tensor LogSigmoid() => -(-this).Softplus();
}
