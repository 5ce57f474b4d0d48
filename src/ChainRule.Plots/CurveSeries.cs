namespace ChainRule.Plots;

/// <summary>One line of a plot: a name and its points, in order.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">Where the points lie.</param>
/// <param name="Y">Their values; points that are not finite, or beyond 1e300, are left out.</param>
public sealed record CurveSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Drawn pale behind the curves it belongs to, like the losses of single batches behind their mean.</summary>
    public bool IsBackdrop { get; init; }

    /// <summary>Drawn with a marker at each point: measured there and not between.</summary>
    public bool HasMarkers { get; init; }

    /// <summary>The lowest at each point, if the curve is a mean of many: drawn as a pale band up to <see cref="High"/>.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>The highest at each point.</summary>
    public IReadOnlyList<double>? High { get; init; }
}
