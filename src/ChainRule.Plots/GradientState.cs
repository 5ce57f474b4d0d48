namespace ChainRule.Plots;

/// <summary>What is to be said of a gradient before its size.</summary>
public enum GradientState
{
    /// <summary>Numbers of which at least one is not zero.</summary>
    Usual,

    /// <summary>There is none: nothing that the loss depends on leads here.</summary>
    Missing,

    /// <summary>Every element is exactly zero.</summary>
    Zero,

    /// <summary>Nothing is larger than 1.2e-38, where float32 begins to lose digits.</summary>
    Underflow,

    /// <summary>At least one element is NaN or infinite.</summary>
    NotFinite,
}
