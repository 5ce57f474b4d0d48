namespace ChainRule.Nn;

/// <summary>Drops whole examples of a batch, at the end of a branch beside which something leads past: stochastic depth.</summary>
/// <remarks>Huang, Sun, Liu, Sedra and Weinberger, "Deep networks with stochastic depth", 2016.</remarks>
public sealed class DropPath : PartDropout
{
    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the examples; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public DropPath(double probability = 0.1, RandomKey? key = null) : base(probability, key)
    {
    }

    private protected override int LeadingAxes(Tensor x) => x.Rank > 0
        ? 1
        : throw new ShapeException($"{this}: the input has shape {x.Shape}, but needs a batch axis.");
}
