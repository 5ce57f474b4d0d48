using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x, nearer to 0 by λ, of each element, and 0 where |x| ≤ λ.</summary>
public sealed class Softshrink : Module
{
    private readonly double _lambda;

    /// <summary>Makes the layer.</summary>
    /// <param name="lambda">The bound, at least 0.</param>
    public Softshrink(double lambda = 0.5)
    {
        if (!(lambda >= 0))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "Softshrink: lambda must be at least 0.");
        _lambda = lambda;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Softshrink(_lambda);
    }

    /// <summary>For example <c>Softshrink(0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Softshrink({_lambda})");
}
