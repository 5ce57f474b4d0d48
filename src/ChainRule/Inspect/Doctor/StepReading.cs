namespace ChainRule.Inspect;

/// <summary>What was measured at one step.</summary>
/// <param name="Step">Which, from 0.</param>
/// <param name="Loss">The loss before it.</param>
/// <param name="Layers">One for each parameter.</param>
/// <param name="Activations">One for each ReLU, sigmoid and tanh that was called as a module.</param>
public sealed record StepReading(long Step, double Loss, IReadOnlyList<LayerReading> Layers, IReadOnlyList<ActivationReading> Activations);
