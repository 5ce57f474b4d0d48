namespace ChainRule.Plots;

/// <summary>How a vertical axis divides its values.</summary>
public enum ValueScale
{
    /// <summary>Equal steps for equal differences; logarithmic if values are not negative, at least half of them positive, and those span more than a factor of 20.</summary>
    Automatic,

    /// <summary>Equal steps for equal differences.</summary>
    Linear,

    /// <summary>Equal steps for equal ratios; zeros lie on the lower border, values below 0 are left out.</summary>
    Logarithmic,

    /// <summary>Shares of 1, shown from the least value to 100 %.</summary>
    Percent,
}
