namespace ChainRule;

/// <summary>How one parameter's gradient compares with differences.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Checked">How many of its elements were compared.</param>
/// <param name="Elements">How many it has.</param>
/// <param name="RelativeDifference">The largest difference, relative to the larger of the two slopes, or to 1e-3 (float32: 1e-3 of the parameter's largest slope) if both are smaller.</param>
/// <param name="Kinks">Elements at which the function has a kink and the gradient lies between the slopes of both sides; they do not count as differences.</param>
/// <param name="Passed">Whether all elements agree.</param>
public sealed record GradientCheckRow(string Name, long Checked, long Elements, double RelativeDifference, int Kinks, bool Passed);
