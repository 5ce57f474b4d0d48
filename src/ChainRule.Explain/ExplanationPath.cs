namespace ChainRule.Explain;

/// <summary>One way from an input to the result: a product of local derivatives, of matrices where a step has several elements.</summary>
/// <param name="Edges">From the result down to the input.</param>
/// <param name="Rows">What has come of the product after each edge, a row with a number for each element of the step that was reached: [1, elements].</param>
/// <param name="Product">The last row, in the shape of the input.</param>
public sealed record ExplanationPath(IReadOnlyList<ExplanationEdge> Edges, IReadOnlyList<Tensor> Rows, Tensor Product)
{
    /// <summary>Whether all steps along it are single numbers.</summary>
    public bool IsScalar => Edges.All(edge => edge.Jacobian!.Shape.ElementCount == 1);
}
