using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChainRule.Plots;

/// <summary>A vertical axis: where a value is drawn, what range is shown, and the ticks beside it.</summary>
internal sealed class Axis
{
    private const double RatioThatAsksForLogarithms = 20;
    private const double MarginShare = 0.06;
    private const double LeastShareShown = 0.2;
    private const double LargestDrawn = 1e300;

    private readonly ValueScale _scale;
    private readonly double _low, _high;

    public Axis(ValueScale scale, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(IsDrawable)];
        double[] positive = [.. finite.Where(value => value > 0)];
        if (scale == ValueScale.Automatic)
            scale = AsksForLogarithms(finite, positive) ? ValueScale.Logarithmic : ValueScale.Linear;
        if (scale == ValueScale.Logarithmic && positive.Length == 0)
            scale = ValueScale.Linear;
        _scale = scale;
        double[] shown = [.. (scale == ValueScale.Logarithmic ? positive : finite).Select(Place)];
        (_low, _high) = shown.Length == 0 ? (0, 1) : (shown.Min(), shown.Max());
        if (scale == ValueScale.Percent)
            (_low, _high) = (Math.Min(_low, 1 - LeastShareShown), 1);
        if (_high - _low < 1e-12 * Math.Max(1, Math.Abs(_high)))
            (_low, _high) = (_low - 0.5, _high + 0.5);
    }

    private double Bottom => _low - MarginShare * (_high - _low);

    private double Top => _high + MarginShare * (_high - _low);

    /// <summary>Whether it is finite, and so far from the largest number that no difference overflows.</summary>
    public static bool IsDrawable(double value) => Math.Abs(value) <= LargestDrawn;

    public bool IsShown(double value) => IsDrawable(value) && (_scale != ValueScale.Logarithmic || value >= 0);

    /// <summary>Where a value lies on the axis as drawn; a zero that has no logarithm lies on the lower border.</summary>
    public double Place(double value) => _scale != ValueScale.Logarithmic ? value : value == 0 ? Bottom : Math.Log10(value);

    public void ApplyTo(Plot plot)
    {
        plot.Axes.SetLimitsY(Bottom, Top);
        plot.Axes.Left.TickGenerator = _scale switch
        {
            ValueScale.Logarithmic => DecadeTicks.Between(Bottom, Top),
            ValueScale.Percent => PercentTicks(),
            _ => new NumericAutomatic { LabelFormatter = value => value.ToString("0.######", CultureInfo.InvariantCulture) },
        };
    }

    // A loss that is zero now and then, because it is below what a float can tell from it, must not flatten all the others.
    private static bool AsksForLogarithms(double[] finite, double[] positive) =>
        positive.Length > 0 && 2 * positive.Length >= finite.Length && finite.Min() >= 0 && positive.Max() > RatioThatAsksForLogarithms * positive.Min();

    private ITickGenerator PercentTicks()
    {
        // What is far below zero is no share, and would have a tick for each tenth of it.
        if (_low < -1)
            return new NumericAutomatic { LabelFormatter = value => value.ToString("0.##%", CultureInfo.InvariantCulture) };
        var ticks = new NumericManual();
        double step = (1 - _low) switch { > 0.6 => 0.2, > 0.3 => 0.1, _ => 0.05 };
        for (int i = (int)Math.Ceiling(_low / step - 1e-9); i * step < 1 + step / 2; i++)
            ticks.AddMajor(i * step, (i * step).ToString("0%", CultureInfo.InvariantCulture));
        return ticks;
    }
}
