namespace ChainRule.Playground.Lab;

/// <summary>The loss of a batch.</summary>
public enum LossKind
{
    CrossEntropy, Binary, Squared,
}
