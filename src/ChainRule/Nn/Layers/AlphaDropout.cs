namespace ChainRule.Nn;

/// <summary>
/// Dropout for layers before <see cref="Selu"/>: while training, an element becomes -λα with probability p, and all are scaled and shifted
/// so that mean 0 and variance 1 stay; else the identity.
/// </summary>
/// <remarks>Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017. With p = 1 everything is 0.</remarks>
public sealed class AlphaDropout : Dropping
{
    private const double Dropped = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717;

    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the elements; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public AlphaDropout(double probability = 0.5, RandomKey? key = null)
        : base(probability, key)
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!IsDropping)
            return x;
        double kept = 1 - Probability;
        double scale = kept == 0 ? 0 : 1 / Math.Sqrt(kept + Dropped * Dropped * kept * Probability);
        double shift = -scale * Probability * Dropped;
        return Tensor.Where(DrawKept(x.Shape), x * scale + shift, scale * Dropped + shift);
    }
}
