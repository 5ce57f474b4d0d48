using ChainRule.Autograd;

namespace ChainRule.Inspect;

/// <summary>The number on an edge: what the reverse rule of an operation gives for a cotangent of ones.</summary>
/// <remarks>
/// That is the derivative itself where each element of the result depends on the element in its place alone, and where the result is a
/// single number; elsewhere it would be a sum of derivatives, and nothing is shown.
/// </remarks>
internal static class LocalDerivative
{
    /// <param name="node">The application of the operation; its values must be kept as the operation asks.</param>
    /// <param name="operands">What went in; for unknown ones, any tensor of their type.</param>
    /// <param name="operand">By which of them.</param>
    /// <param name="result">Shape and type of what came out.</param>
    public static GraphValue? Of(Node node, in Operands operands, int operand, TensorSpec result)
    {
        Op op = node.Op!;
        TensorSpec input = node.InputSpec(operand);
        if (!op.IsDifferentiable || !result.DType.IsFloating() || !input.DType.IsFloating()) return null;
        if (result.Shape.ElementCount is 0 or > GraphValue.MostElements || input.Shape.ElementCount is 0 or > GraphValue.MostElements) return null;
        using (new NoGrad())
        using (Recording.Pause())
        {
            if (result.Shape.ElementCount != 1 && op.Tile(operands) is null) return null;
            try
            {
                return op.Vjp(operand, node, Tensor.Ones(result.Shape, result.DType)) is { } derivative ? GraphValue.Of(derivative) : null;
            }
            catch (InPlaceException)
            {
                // What it needs is not there any more.
                return null;
            }
        }
    }
}
