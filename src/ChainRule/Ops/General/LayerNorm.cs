namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>(x - mean) / √(variance + ε)·weight + bias, with mean and variance of each example's last axes.</summary>
    /// <param name="normalized">The sizes of those last axes.</param>
    /// <param name="weight">Of the shape <paramref name="normalized"/>; null for ones.</param>
    /// <param name="bias">Of the shape <paramref name="normalized"/>; null for zeros.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    /// <remarks>Ba, Kiros and Hinton, "Layer normalization", 2016. Equal elements give exactly the bias, and a gradient of exactly 0 by the weight. Elements whose squares overflow are scaled first.</remarks>
    /// <exception cref="ShapeException">The last axes, the weight or the bias do not have these sizes.</exception>
    public Tensor LayerNorm(Shape normalized, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        Axes axes = LastAxes(nameof(LayerNorm), normalized, weight, bias);
        Bounds.NotNegative(epsilon, nameof(LayerNorm), nameof(epsilon));
        return Scaled(Standardize(axes, epsilon), weight, bias);
    }

    private Axes LastAxes(string operation, Shape normalized, Tensor? weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        int kept = Rank - normalized.Rank;
        if (normalized.Rank == 0 || kept < 0 || !Shape.Sizes[kept..].SequenceEqual(normalized.Sizes))
            throw new ShapeException($"{operation}: the input has shape {Shape}, but its last axes must be {normalized}.");
        if ((weight is not null && weight.Shape != normalized) || (bias is not null && bias.Shape != normalized))
            throw new ShapeException($"{operation}: a weight of shape {weight?.Shape ?? "none" as object} and a bias of shape {bias?.Shape ?? "none" as object} must have the shape {normalized} of the axes that are normalized.");
        return Axes.From((uint)((1ul << Rank) - (1ul << kept)));
    }
}
