namespace ChainRule.Nn;

/// <summary>What becomes of a loss's values, one for each sample or element.</summary>
public enum Reduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>They stay as they are.</summary>
    None,
}
