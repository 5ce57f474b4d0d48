namespace ChainRule.Explain;

/// <summary>The derivative by one input, found in four ways that share nothing but the expression.</summary>
public sealed class ExplanationInput
{
    // Rounding alone moves a difference by about 1e-16 of the result over the step: below this part of the result it cannot judge.
    internal const double DisagreementFloor = 1e-6;

    internal ExplanationInput() { }

    /// <summary>The input's step.</summary>
    public required ExplanationStep Step { get; init; }

    /// <summary>The derivative as a formula in the variables, for each element of the input; null for one that is too long to be read.</summary>
    public required IReadOnlyList<Formula?> Derivatives { get; init; }

    /// <summary>Those formulas, evaluated with the runtime's own functions.</summary>
    public required Tensor Symbolic { get; init; }

    /// <summary>Forward mode: dual numbers, one pass for each element.</summary>
    public required Tensor Forward { get; init; }

    /// <summary>Reverse mode: the backward pass of the library.</summary>
    public required Tensor Reverse { get; init; }

    /// <summary>Differences at shrinking steps, extrapolated to step zero (Ridders).</summary>
    public required Tensor Numeric { get; init; }

    /// <summary>The largest distance between two witnesses at any element, relative to the largest of the four, or to a millionth of the
    /// result (of 1, if the result is smaller) where they are below that; NaN where one is no number.</summary>
    public required double LargestDisagreement { get; init; }

    /// <summary>The error of central differences against their step, for the element with the largest derivative.</summary>
    public required IReadOnlyList<DifferencePoint> DifferenceCurve { get; init; }

    /// <summary>The ways from this input to the result, at most <see cref="Explanation.MostPaths"/>; empty where some step has so many elements that its local derivative is not written out.</summary>
    public required IReadOnlyList<ExplanationPath> Paths { get; init; }

    /// <summary>How many ways there are, shown or not.</summary>
    public required double PathCount { get; init; }
}
