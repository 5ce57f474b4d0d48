using ChainRule.Inspect;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>How this tensor came about, to look at: <c>loss.ToGraph(gradients: true).Save("loss.svg")</c>. Call it before <see cref="Backward"/>, which frees the history.</summary>
    /// <param name="gradients">Whether to find the gradient of this tensor, a single number, by each value. No <see cref="Grad"/> changes.</param>
    /// <param name="names">What to call tensors: <c>[("w", w), ("x", x)]</c> or <c>model.NamedParameters()</c>.</param>
    /// <exception cref="DifferentiationException">The tensor has no history, or a backward pass has freed it.</exception>
    public GraphView ToGraph(bool gradients = false, IEnumerable<(string Name, Tensor Value)>? names = null) => GraphView.Of(this, gradients, names);
}
