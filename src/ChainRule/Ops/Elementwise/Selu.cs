namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>λ·elu(x, α) with the constants that keep mean 0 and variance 1 from layer to layer. Klambauer et al. 2017.</summary>
    /// <remarks>The slope at 0 is λ, the smaller of λ and λα.</remarks>
    public Tensor Selu() => new EluOp(1.6732632423543772848170429916717, 1.0507009873554804934193349852946).Apply(this);
}
