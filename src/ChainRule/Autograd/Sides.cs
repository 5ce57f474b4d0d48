namespace ChainRule.Autograd;

/// <summary>The slope of a function of a step at step 0 from both sides together and from each, measured by differences.</summary>
/// <param name="at">The function.</param>
/// <param name="precision">How closely slopes must agree.</param>
/// <param name="size">The size of the function's value, of which the rounding is a part.</param>
/// <param name="place">The number to which the step is added, which is rounded too.</param>
internal sealed class Sides(Func<double, double> at, Precision precision, double size, double place)
{
    private const double FirstStep = 1e-2, LastStep = 1e-5;

    // The extrapolation's error is an estimate, and it takes differences of a hundred roundings at steps down to a fortieth.
    private const double Margin = 10, Roundings = 16;

    /// <summary>The difference of a slope from the measured one, relative to the larger, and whether it is small enough.</summary>
    public (double Difference, bool Agrees) Compare(double slope)
    {
        (Slope measured, double rounding) = Measure(Ridders.Central, 1);
        double scale = Math.Max(precision.Floor, Math.Max(Math.Abs(slope), Math.Abs(measured.Value)));
        double difference = Math.Abs(slope - measured.Value);
        if (difference == 0)
            return (0, true);
        double allowed = precision.Tolerance + rounding / scale + Math.Min(Margin * measured.Error / scale, precision.Loosest);
        return (difference / scale, difference / scale <= allowed);
    }

    /// <summary>Whether the sides clearly have different slopes, so that there is a kink, and this one lies between them: any such is a subgradient.</summary>
    public bool IsBetween(double slope)
    {
        (Slope left, double leftRounding) = Measure(Ridders.OneSided, -1);
        (Slope right, double rightRounding) = Measure(Ridders.OneSided, 1);
        double error = Margin * (left.Error + right.Error) + leftRounding + rightRounding;
        double slack = error + precision.Tolerance * Math.Max(precision.Floor, Math.Max(Math.Abs(left.Value), Math.Abs(right.Value)));
        return Math.Abs(left.Value - right.Value) > slack
            && slope >= Math.Min(left.Value, right.Value) - slack
            && slope <= Math.Max(left.Value, right.Value) + slack;
    }

    // A kink or an edge of the domain nearby spoils large steps, rounding the small ones: the least error of their own decides.
    private (Slope Slope, double Rounding) Measure(Func<Func<double, double>, double, Slope> method, int sign)
    {
        (Slope Slope, double Rounding) best = (new Slope(double.NaN, double.PositiveInfinity), 0);
        for (double step = FirstStep; step > LastStep / 2; step /= 10)
        {
            Slope slope = method(at, sign * step);
            double rounding = Roundings * precision.Epsilon * (size + Math.Abs(place * slope.Value)) / step;
            if (slope.Error + rounding < best.Slope.Error + best.Rounding)
                best = (slope, rounding);
            if (Margin * slope.Error + rounding <= precision.Tolerance * Math.Abs(slope.Value)) break;
        }
        return best;
    }
}
