using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x where x > 0, else slope·x, of each element.</summary>
public sealed class LeakyRelu : Module
{
    private readonly double _slope;

    /// <summary>Makes the layer.</summary>
    /// <param name="slope">The slope on the negative side.</param>
    public LeakyRelu(double slope = 0.01) => _slope = Bounds.Finite(slope, nameof(LeakyRelu), nameof(slope));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.LeakyRelu(_slope);
    }

    /// <summary>For example <c>LeakyRelu(0.01)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LeakyRelu({_slope})");
}
