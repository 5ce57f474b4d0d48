using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x of each element, but 0 where |x| ≤ λ.</summary>
public sealed class Hardshrink : Module
{
    private readonly double _lambda;

    /// <summary>Makes the layer.</summary>
    /// <param name="lambda">The bound, at least 0.</param>
    public Hardshrink(double lambda = 0.5)
    {
        if (!(lambda >= 0))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "Hardshrink: lambda must be at least 0.");
        _lambda = lambda;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Hardshrink(_lambda);
    }

    /// <summary>For example <c>Hardshrink(0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Hardshrink({_lambda})");
}
