using ChainRule.Inspect;

namespace ChainRule.Plots;

/// <summary>The magnitudes of one layer's gradient at one step.</summary>
/// <param name="Layer">The layer or the parameter.</param>
/// <param name="State">What is to be said before the sizes, which mean nothing if it is missing.</param>
public sealed record LayerGradient(string Layer, GradientState State)
{
    private const double SmallestNormal = 1.17549435e-38;

    /// <summary>The mean magnitude of the finite elements.</summary>
    public double Mean { get; init; }

    /// <summary>The magnitude below which 1 % of the elements lie.</summary>
    public double P1 { get; init; }

    /// <summary>The magnitude below which half of the elements lie.</summary>
    public double Median { get; init; }

    /// <summary>The magnitude below which 99 % of the elements lie.</summary>
    public double P99 { get; init; }

    /// <summary>The largest finite magnitude.</summary>
    public double Largest { get; init; }

    /// <summary>The share of elements that are exactly zero.</summary>
    public double ZeroShare { get; init; }

    /// <summary>The share of elements that are NaN or infinite.</summary>
    public double NotFiniteShare { get; init; }

    /// <summary>A layer that got no gradient.</summary>
    public static LayerGradient None(string layer) => new(layer, GradientState.Missing);

    /// <summary>What a gradient doctor has read of a parameter; its percentiles are of a sample.</summary>
    public static LayerGradient Of(LayerReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (!reading.HasGradient) return None(reading.Parameter);
        GradientState state = reading.NonFinite > 0 ? GradientState.NotFinite
            : reading.ZeroShare == 1 ? GradientState.Zero
            : reading.Largest < SmallestNormal ? GradientState.Underflow : GradientState.Usual;
        return new LayerGradient(reading.Parameter, state)
        {
            Mean = reading.Mean,
            P1 = reading.P1,
            Median = reading.P50,
            P99 = reading.P99,
            Largest = reading.Largest,
            ZeroShare = reading.ZeroShare,
            NotFiniteShare = reading.NonFiniteShare,
        };
    }

    /// <summary>Reads a gradient.</summary>
    public static LayerGradient Of(string layer, ReadOnlySpan<float> gradient) => Of(layer, ValueCounts.Of(gradient));

    /// <summary>Reads a gradient whose values have been counted.</summary>
    public static LayerGradient Of(string layer, ValueCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count == 0) return None(layer);
        GradientState state = counts.NotFinite > 0 ? GradientState.NotFinite
            : counts.Zeros == counts.Count ? GradientState.Zero
            : counts.LargestMagnitude < SmallestNormal ? GradientState.Underflow : GradientState.Usual;
        return new LayerGradient(layer, state)
        {
            Mean = counts.MeanMagnitude,
            P1 = counts.MagnitudeAt(0.01),
            Median = counts.MagnitudeAt(0.5),
            P99 = counts.MagnitudeAt(0.99),
            Largest = counts.LargestMagnitude,
            ZeroShare = (double)counts.Zeros / counts.Count,
            NotFiniteShare = (double)counts.NotFinite / counts.Count,
        };
    }
}
