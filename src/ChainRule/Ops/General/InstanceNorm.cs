namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>(x - mean) / √(variance + ε)·weight + bias, with mean and variance of each channel of each example.</summary>
    /// <param name="weight">[channels]; null for ones.</param>
    /// <param name="bias">[channels]; null for zeros.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    /// <remarks>This tensor is [batch, channels, ...]. Ulyanov, Vedaldi and Lempitsky, "Instance normalization", 2016.</remarks>
    /// <exception cref="ShapeException">There are fewer than three axes, or weight or bias do not fit the channels.</exception>
    public Tensor InstanceNorm(Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        RequireChannels(nameof(InstanceNorm), 3, weight, bias);
        Bounds.NotNegative(epsilon, nameof(InstanceNorm), nameof(epsilon));
        return Standardize(BehindChannels(nameof(InstanceNorm)), epsilon).ScaledByChannel(weight, bias);
    }
}
