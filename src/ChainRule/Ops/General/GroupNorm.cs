namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>(x - mean) / √(variance + ε)·weight + bias, with mean and variance of each example's groups of neighbouring channels.</summary>
    /// <param name="groups">How many groups; they must divide the channels.</param>
    /// <param name="weight">[channels]; null for ones.</param>
    /// <param name="bias">[channels]; null for zeros.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    /// <remarks>This tensor is [batch, channels, ...]. Wu and He, "Group normalization", 2018.</remarks>
    /// <exception cref="ShapeException">The groups do not divide the channels, or weight or bias do not fit them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one group.</exception>
    public Tensor GroupNorm(int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        Bounds.AtLeast(groups, 1, nameof(GroupNorm), nameof(groups));
        RequireChannels(nameof(GroupNorm), 2, weight, bias);
        Bounds.NotNegative(epsilon, nameof(GroupNorm), nameof(epsilon));
        if (Shape[1] % groups != 0)
            throw new ShapeException($"GroupNorm: {groups} groups do not divide the {Shape[1]} channels of shape {Shape}.");
        Tensor split = Reshape(Shape.Create([Shape[0], groups, Shape[1] / groups, .. Shape.Sizes[2..]]));
        Tensor y = split.Standardize(Axes.From((uint)((1ul << split.Rank) - 4)), epsilon).Reshape(Shape);
        return y.ScaledByChannel(weight, bias);
    }

    private void RequireChannels(string operation, int leastRank, params ReadOnlySpan<Tensor?> perChannel)
    {
        if (Rank < leastRank)
            throw new ShapeException($"{operation}: the input has shape {Shape}, but needs at least {leastRank} axes, [batch, channels, ...].");
        foreach (Tensor? given in perChannel)
        {
            if (given is not null && (given.Rank != 1 || given.Shape[0] != Shape[1]))
                throw new ShapeException($"{operation}: the input has shape {Shape}, so weight, bias, mean and variance must be [{Shape[1]}], not {given.Shape}.");
        }
    }

    private Tensor ScaledByChannel(Tensor? weight, Tensor? bias) =>
        Scaled(this, weight is null ? null : Channels.Over(weight, Rank), bias is null ? null : Channels.Over(bias, Rank));
}
