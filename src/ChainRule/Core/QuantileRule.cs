namespace ChainRule;

/// <summary>The value of a quantile that lies between two elements.</summary>
public enum QuantileRule
{
    /// <summary>Between them, in proportion to the distances.</summary>
    Linear,

    /// <summary>The smaller one.</summary>
    Lower,

    /// <summary>The larger one.</summary>
    Higher,

    /// <summary>Half way between them.</summary>
    Midpoint,

    /// <summary>The nearer one; half way, the one of even rank.</summary>
    Nearest,
}
