namespace ChainRule.Plots;

/// <summary>The gradients of all layers at one step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Layers">From the input to the output, in the same order at each step.</param>
public sealed record GradientSample(long Step, IReadOnlyList<LayerGradient> Layers);
