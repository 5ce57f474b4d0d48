namespace ChainRule.Inspect;

/// <summary>What was measured of one parameter at one step.</summary>
/// <param name="Parameter">Its name: <c>0.weight</c>.</param>
/// <param name="GradientNorm">√Σg², NaN if there is no gradient.</param>
/// <param name="Rms">√(Σg² / n): the size of a typical element.</param>
/// <param name="WeightNorm">√Σw².</param>
/// <param name="P1">One element in a hundred has a smaller |g| (of at most 1,024 evenly spaced ones, as the other two).</param>
/// <param name="P50">Half of the elements have a smaller |g|.</param>
/// <param name="P99">All but one element in a hundred have a smaller |g|.</param>
/// <param name="ZeroShare">Which share of the gradient is exactly 0.</param>
/// <param name="NonFinite">How many elements of the gradient are NaN or infinite.</param>
/// <param name="Histogram">All elements by size, if asked for.</param>
public sealed record LayerReading(string Parameter, double GradientNorm, double Rms, double WeightNorm, double P1, double P50, double P99, double ZeroShare, long NonFinite, ExponentHistogram? Histogram)
{
    /// <summary>‖Δw‖ / ‖w‖ of the step that followed, of at most 4,096 evenly spaced elements; NaN until that is known. About 1e-3 is usual.</summary>
    public double UpdateRatio { get; internal set; } = double.NaN;

    /// <summary>The mean of |g| over all finite elements; NaN if there is none.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>The largest finite |g|; 0 if there is none.</summary>
    public double Largest { get; init; }

    /// <summary>Which share of the gradient is NaN or infinite.</summary>
    public double NonFiniteShare { get; init; }

    /// <summary>Whether a gradient has arrived.</summary>
    public bool HasGradient => !double.IsNaN(GradientNorm) || NonFinite > 0;
}
