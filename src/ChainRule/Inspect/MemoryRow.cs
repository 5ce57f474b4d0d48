namespace ChainRule.Inspect;

/// <summary>What one layer holds at the moment at which a step takes most, in bytes.</summary>
/// <param name="Name">The layer's place in the model; empty for the model itself.</param>
/// <param name="Layer">What it is, for example <c>Linear(64, 10)</c>.</param>
/// <param name="Parameters">Its parameters and buffers.</param>
/// <param name="Gradients">The gradients of its parameters.</param>
/// <param name="OptimizerState">What the optimizer remembers of its parameters.</param>
/// <param name="Kept">Results of the forward pass: what the backward pass will read, and what is being computed.</param>
public sealed record MemoryRow(string Name, string Layer, long Parameters, long Gradients, long OptimizerState, long Kept)
{
    /// <summary>All of it.</summary>
    public long Total => Parameters + Gradients + OptimizerState + Kept;
}
