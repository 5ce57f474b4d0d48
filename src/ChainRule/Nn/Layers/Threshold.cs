using System.Globalization;

namespace ChainRule.Nn;

/// <summary>x where x is greater than a threshold, else another value, of each element.</summary>
public sealed class Threshold : Module
{
    private readonly double _threshold, _value;

    /// <summary>Makes the layer.</summary>
    /// <param name="threshold">The threshold, not NaN.</param>
    /// <param name="value">What takes the place of elements that are not greater.</param>
    public Threshold(double threshold, double value) =>
        (_threshold, _value) = (Bounds.Number(threshold, nameof(Threshold), nameof(threshold)), value);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Threshold(_threshold, _value);
    }

    /// <summary>For example <c>Threshold(0.1, 20)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Threshold({_threshold}, {_value})");
}
