using ChainRule.Plots;

namespace ChainRule.Cli.Runs;

/// <summary>What was seen of a layer's weights at one step.</summary>
/// <param name="Gradient">The gradient, or that there is none.</param>
/// <param name="Weights">The weights before the step.</param>
/// <param name="UpdateRatio">How far the step moved the weights: the norm of the change by the norm of the weights; NaN if they were all zero.</param>
internal sealed record LayerSample(LayerGradient Gradient, ValueCounts Weights, double UpdateRatio)
{
    /// <summary>The norm of the gradient; NaN if there is none.</summary>
    public double GradientNorm { get; init; } = double.NaN;
}
