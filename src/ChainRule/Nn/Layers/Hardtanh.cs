using System.Globalization;

namespace ChainRule.Nn;

/// <summary>Each element, but not below or above its bounds.</summary>
public sealed class Hardtanh : Module
{
    private readonly double _min, _max;

    /// <summary>Makes the layer.</summary>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound, at least the lower one.</param>
    public Hardtanh(double min = -1, double max = 1)
    {
        if (!(min <= max))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Hardtanh: the bounds min = {min} and max = {max} are not in order."), nameof(max));
        (_min, _max) = (min, max);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Hardtanh(_min, _max);
    }

    /// <summary>For example <c>Hardtanh(-1, 1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Hardtanh({_min}, {_max})");
}
