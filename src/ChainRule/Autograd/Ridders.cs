namespace ChainRule;

/// <summary>
/// Derivatives by differences at shrinking steps, extrapolated to step zero. One step alone can either cut the series off early
/// or drown in rounding; the extrapolation reaches 1e-12 where the best single step reaches 1e-9.
/// C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982), 75-76.
/// </summary>
public static class Ridders
{
    private const double Shrink = 1.4;
    private const int MostSteps = 12;

    // Closer agreement than this, relative to the slope, is a matter of rounding.
    private const double Enough = 1e-12;

    /// <summary>The derivative at 0 of a smooth function of a step, from both sides.</summary>
    /// <param name="function">The function, for example <c>step => f(x + step)</c>.</param>
    /// <param name="firstStep">The largest step, above 0: small enough that the function is smooth that far.</param>
    public static Slope Central(Func<double, double> function, double firstStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!(firstStep > 0 && double.IsFinite(firstStep)))
            throw new ArgumentOutOfRangeException(nameof(firstStep), firstStep, "Ridders.Central: the first step must be above 0 and finite.");
        return Extrapolate(step => (function(step) - function(-step)) / (2 * step), firstStep, Shrink * Shrink);
    }

    /// <summary>The derivative at 0 from the side of the first step's sign.</summary>
    internal static Slope OneSided(Func<double, double> function, double firstStep)
    {
        double start = function(0);
        return Extrapolate(step => (function(step) - start) / step, firstStep, Shrink);
    }

    /// <summary>The limit at step 0 of a difference quotient.</summary>
    /// <param name="quotient">The quotient at a step.</param>
    /// <param name="firstStep">The largest step.</param>
    /// <param name="ratio">By how much the error's leading term shrinks from one step to the next.</param>
    private static Slope Extrapolate(Func<double, double> quotient, double firstStep, double ratio)
    {
        Span<double> previous = stackalloc double[MostSteps], row = stackalloc double[MostSteps];
        var best = new Slope(double.NaN, double.PositiveInfinity);
        double step = firstStep;
        for (int i = 0; i < MostSteps; i++, step /= Shrink)
        {
            row[0] = quotient(step);
            double power = ratio;
            for (int j = 1; j <= i; j++, power *= ratio)
            {
                // Each column removes one more term of the error in powers of the step.
                row[j] = row[j - 1] + (row[j - 1] - previous[j - 1]) / (power - 1);
                if (j == i) continue;
                // Three neighbours must agree: two can by accident, where the error changes its sign.
                double error = Math.Max(Math.Abs(row[j] - previous[j]), Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - previous[j - 1])));
                if (error <= best.Error)
                    best = new Slope(row[j], error);
            }
            if (best.Error <= Enough * Math.Abs(best.Value)) break;
            row.CopyTo(previous);
        }
        return best;
    }
}
