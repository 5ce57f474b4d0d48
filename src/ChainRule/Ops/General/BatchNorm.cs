namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>(x - mean) / √(variance + ε)·weight + bias, with mean and variance of each channel over the batch and all other axes.</summary>
    /// <param name="weight">[channels]; null for ones.</param>
    /// <param name="bias">[channels]; null for zeros.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    /// <remarks>This tensor is [batch, channels, ...]. Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", 2015.</remarks>
    /// <exception cref="ShapeException">There are fewer than two axes, or weight or bias do not fit the channels.</exception>
    public Tensor BatchNorm(Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        RequireChannels(nameof(BatchNorm), 2, weight, bias);
        Bounds.NotNegative(epsilon, nameof(BatchNorm), nameof(epsilon));
        return Standardize(AllButChannels(), epsilon).ScaledByChannel(weight, bias);
    }

    /// <summary>The same with a mean and a variance that are given, as in use after training.</summary>
    /// <param name="mean">[channels].</param>
    /// <param name="variance">[channels].</param>
    /// <param name="weight">[channels]; null for ones.</param>
    /// <param name="bias">[channels]; null for zeros.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    /// <exception cref="ShapeException">There are fewer than two axes, or what is given does not fit the channels.</exception>
    public Tensor BatchNormWith(Tensor mean, Tensor variance, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        RequireChannels(nameof(BatchNormWith), 2, mean, variance, weight, bias);
        Bounds.NotNegative(epsilon, nameof(BatchNormWith), nameof(epsilon));
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        Tensor y = (x - Channels.Over(mean, Rank)) * Channels.Over((variance + epsilon).Rsqrt(), Rank);
        return y.ScaledByChannel(weight, bias);
    }

    internal Axes AllButChannels() => Axes.From((uint)((1ul << Rank) - 1) & ~2u);
}
