namespace ChainRule.Cli.Runs;

/// <summary>What was seen of all layers at one step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Layers">From the input to the output.</param>
internal sealed record StepSample(long Step, IReadOnlyList<LayerSample> Layers);
