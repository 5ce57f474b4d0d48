namespace ChainRule.Explain.Working;

/// <summary>Derivatives by central differences.</summary>
internal static class Differences
{
    private const double Shrink = 1.4, Enough = 1e-13;
    private const int MostSteps = 14, CurvePoints = 29;
    private const double CurveLargest = 0, CurvePerDecade = 2;

    /// <summary>Ridders' extrapolation to step zero: each column removes one more term of the error in powers of the step.</summary>
    public static double Extrapolated(Func<double, double> function, double at)
    {
        double step = 0.1 * Math.Max(1, Math.Abs(at)), best = double.NaN, bestError = double.PositiveInfinity;
        double[] previous = [];
        for (int i = 0; i < MostSteps; i++, step /= Shrink)
        {
            var row = new double[i + 1];
            row[0] = Central(function, at, step);
            double power = Shrink * Shrink;
            for (int j = 1; j <= i; j++, power *= Shrink * Shrink)
            {
                row[j] = row[j - 1] + (row[j - 1] - previous[j - 1]) / (power - 1);
                double error = Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - previous[j - 1]));
                if (error <= bestError)
                    (best, bestError) = (row[j], error);
            }
            if (bestError <= Enough * Math.Abs(best)) break;
            previous = row;
        }
        return best;
    }

    /// <summary>The error of a plain central difference for steps from 1 down to 1e-14.</summary>
    public static List<DifferencePoint> Curve(Func<double, double> function, double at, double derivative)
    {
        var points = new List<DifferencePoint>();
        for (int i = 0; i < CurvePoints; i++)
        {
            double step = Math.Pow(10, CurveLargest - i / CurvePerDecade);
            double error = Math.Abs(Central(function, at, step) - derivative) / Math.Max(1, Math.Abs(derivative));
            if (double.IsFinite(error))
                points.Add(new DifferencePoint(step, error));
        }
        return points;
    }

    // Divided by the step that rounding leaves, which is not quite the one that was asked for.
    private static double Central(Func<double, double> function, double at, double step)
    {
        double above = at + step, below = at - step;
        return (function(above) - function(below)) / (above - below);
    }
}
