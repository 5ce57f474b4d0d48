using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x where x is greater than a threshold, else another value, of each element.</summary>
/// <param name="threshold">The threshold.</param>
/// <param name="value">What takes the place of elements that are not greater.</param>
public sealed class Threshold(double threshold, double value) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Threshold(threshold, value);
    }

    /// <summary>For example <c>Threshold(0.1, 20)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Threshold({threshold}, {value})");
}
