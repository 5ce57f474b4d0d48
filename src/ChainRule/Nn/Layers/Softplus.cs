using System.Globalization;

namespace ChainRule.Nn;

/// <summary>ln(1 + e^(βx))/β of each element, a smooth maximum of x and 0.</summary>
public sealed class Softplus : Module
{
    private readonly double _beta;

    /// <summary>Makes the layer.</summary>
    /// <param name="beta">How near it comes to max(x, 0); greater than 0.</param>
    public Softplus(double beta = 1) => _beta = Bounds.Positive(beta, nameof(Softplus), nameof(beta));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Softplus(_beta);
    }

    /// <summary>For example <c>Softplus(1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Softplus({_beta})");
}
