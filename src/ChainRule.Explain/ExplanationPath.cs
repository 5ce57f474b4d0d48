namespace ChainRule.Explain;

/// <summary>One way from an input to the result, all of single numbers: a product of local derivatives.</summary>
/// <param name="Edges">From the result down to the input.</param>
/// <param name="Product">The local derivatives multiplied, from the result down.</param>
public sealed record ExplanationPath(IReadOnlyList<ExplanationEdge> Edges, double Product);
