using System.Globalization;

namespace ChainRule.Nn;

/// <summary>
/// While training, each element is 0 with probability p and x / (1 - p) otherwise, so that its mean stays; else the identity.
/// </summary>
/// <remarks>
/// Inside <see cref="Differentiate.Vmap(Func{Tensor, Tensor}, int, int)"/> the elements are drawn once, so that all examples lose the same ones;
/// so do the other layers that leave something to chance. For others in each, apply the layer outside or pass drawn numbers in.
/// Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks from overfitting", 2014.
/// </remarks>
public sealed class Dropout : Module
{
    private readonly RandomKey _key;

    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the elements; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public Dropout(double probability = 0.5, RandomKey? key = null)
    {
        Probability = Bounds.Share(probability, nameof(Dropout), nameof(probability));
        _key = key ?? RandomKey.Next();
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
        Tensor isKept = Tensor.Uniform(x.Shape, _key.Drawn(() => Draws++)) >= Probability;
        // A dropped element gets a gradient of exactly 0, also where x is infinite or NaN, and with p = 1.
        return Tensor.Where(isKept, x * (1 / (1 - Probability)), 0);
    }

    /// <summary>For example <c>Dropout(0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Dropout({Probability})");
}
