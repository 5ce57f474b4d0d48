using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x where x > 0, else α(e^x - 1), of each element: the exponential linear unit.</summary>
public sealed class Elu : Module
{
    private readonly double _alpha;

    /// <summary>Makes the layer.</summary>
    /// <param name="alpha">What it tends to, negated, on the negative side.</param>
    public Elu(double alpha = 1) => _alpha = Bounds.Finite(alpha, nameof(Elu), nameof(alpha));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Elu(_alpha);
    }

    /// <summary>For example <c>Elu(1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Elu({_alpha})");
}
