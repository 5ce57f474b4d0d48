namespace ChainRule.Plots;

/// <summary>How a vertical axis divides its values.</summary>
public enum ValueScale
{
    /// <summary>Equal steps for equal differences; logarithmic if positive values span more than a factor of 20.</summary>
    Automatic,

    /// <summary>Equal steps for equal differences.</summary>
    Linear,

    /// <summary>Equal steps for equal ratios; values of 0 and less are left out.</summary>
    Logarithmic,

    /// <summary>Shares of 1, shown from the least value to 100 %.</summary>
    Percent,
}
