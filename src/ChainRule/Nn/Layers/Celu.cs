using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x where x > 0, else α(e^(x/α) - 1), of each element.</summary>
public sealed class Celu : Module
{
    private readonly double _alpha;

    /// <summary>Makes the layer.</summary>
    /// <param name="alpha">What it tends to, negated, on the negative side; greater than 0.</param>
    public Celu(double alpha = 1) => _alpha = Bounds.Positive(alpha, nameof(Celu), nameof(alpha));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Celu(_alpha);
    }

    /// <summary>For example <c>Celu(1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Celu({_alpha})");
}
