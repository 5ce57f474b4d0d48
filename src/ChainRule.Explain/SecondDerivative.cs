namespace ChainRule.Explain;

/// <summary>How the derivative by one number changes with another, found in three ways that share nothing but the expression.</summary>
public sealed record SecondDerivative
{
    internal SecondDerivative() { }

    /// <summary>What it is called: <c>∂²L/(∂x ∂y)</c>.</summary>
    public required Formula Symbol { get; init; }

    /// <summary>The formula of the first derivative, differentiated once more; null for one that is too long to be read.</summary>
    public required Formula? Derivative { get; init; }

    /// <summary>That formula, evaluated with the runtime's own functions.</summary>
    public required double Symbolic { get; init; }

    /// <summary>Forward over reverse: dual numbers carried through the library's backward pass; NaN where an operation has no second derivative.</summary>
    public required double ForwardOverReverse { get; init; }

    /// <summary>Second differences of the expression's values, extrapolated to step zero (Ridders).</summary>
    public required double Numeric { get; init; }

    /// <summary>The largest distance between two of them, relative to the largest, or to a thousandth of the result (of 1, if the result is
    /// smaller) where they are below that; NaN where one is no number.</summary>
    public required double LargestDisagreement { get; init; }
}
