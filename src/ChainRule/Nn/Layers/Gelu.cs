namespace ChainRule.Nn;

/// <summary>The Gaussian error linear unit x·Φ(x) of each element, exact, or by the tanh that some models were trained with.</summary>
public sealed class Gelu : Module
{
    private readonly bool _approximate;

    /// <summary>Makes the layer.</summary>
    /// <param name="approximate">Whether it is <see cref="Tensor.GeluTanh"/>, of GPT-2 and its kin, instead of the exact <see cref="Tensor.Gelu"/>.</param>
    public Gelu(bool approximate = false) => _approximate = approximate;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return _approximate ? x.GeluTanh() : x.Gelu();
    }

    /// <summary>For example <c>Gelu</c>, or <c>Gelu(tanh)</c> for the approximation.</summary>
    public override string ToString() => _approximate ? "Gelu(tanh)" : nameof(Gelu);
}
