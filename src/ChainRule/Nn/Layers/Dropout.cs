namespace ChainRule.Nn;

/// <summary>
/// While training, each element is 0 with probability p and x / (1 - p) otherwise, so that its mean stays; else the identity.
/// </summary>
/// <remarks>
/// Inside <see cref="Differentiate.Vmap(Func{Tensor, Tensor}, int, int)"/> the elements are drawn once, so that all examples lose the same ones;
/// so do the other layers that leave something to chance. For others in each, apply the layer outside or pass drawn numbers in.
/// Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks from overfitting", 2014.
/// </remarks>
public sealed class Dropout : Dropping
{
    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the elements; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public Dropout(double probability = 0.5, RandomKey? key = null)
        : base(probability, key)
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return IsDropping ? Scaled(x, DrawKept(x.Shape)) : x;
    }
}
