namespace ChainRule;

/// <summary>How values that meet in one place become one.</summary>
public enum ScatterRule
{
    /// <summary>They are added.</summary>
    Sum,

    /// <summary>They are multiplied.</summary>
    Prod,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest; equal ones share the gradient.</summary>
    Max,

    /// <summary>The smallest; equal ones share the gradient.</summary>
    Min,
}
