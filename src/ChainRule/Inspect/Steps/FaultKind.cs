namespace ChainRule.Inspect;

/// <summary>What is wrong with the numbers of a <see cref="Fault"/>.</summary>
public enum FaultKind
{
    /// <summary>A value or a gradient became NaN or infinite.</summary>
    NotFinite,

    /// <summary>A gradient arrives and is 0 in every element.</summary>
    ZeroGradient,

    /// <summary>No gradient arrives.</summary>
    NoGradient,
}
