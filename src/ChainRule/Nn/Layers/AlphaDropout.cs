using System.Globalization;

namespace ChainRule.Nn;

/// <summary>
/// Dropout for layers before <see cref="Selu"/>: while training, an element becomes -λα with probability p, and all are scaled and shifted
/// so that mean 0 and variance 1 stay; else the identity.
/// </summary>
/// <remarks>Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017. With p = 1 everything is 0.</remarks>
public sealed class AlphaDropout : Module
{
    private const double Dropped = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717;

    private readonly RandomKey _key;

    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the elements; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public AlphaDropout(double probability = 0.5, RandomKey? key = null)
    {
        Bounds.Share(probability, nameof(AlphaDropout), nameof(probability));
        (Probability, _key) = (probability, key ?? RandomKey.Next());
    }

    /// <summary>p, the probability with which an element is dropped.</summary>
    public double Probability { get; }

    /// <summary>How many times elements were drawn; it decides which are dropped next, so set it to continue an interrupted run.</summary>
    public long Draws { get; set; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!IsTraining || Probability == 0)
            return x;
        double kept = 1 - Probability;
        double scale = kept == 0 ? 0 : 1 / Math.Sqrt(kept + Dropped * Dropped * kept * Probability);
        double shift = -scale * Probability * Dropped;
        Tensor isKept = Tensor.Uniform(x.Shape, _key.Child(RandomDraws.Draw(() => Draws++))) >= Probability;
        return Tensor.Where(isKept, x * scale + shift, scale * Dropped + shift);
    }

    /// <summary>For example <c>AlphaDropout(0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"AlphaDropout({Probability})");
}
