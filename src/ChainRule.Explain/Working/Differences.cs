namespace ChainRule.Explain.Working;

/// <summary>Derivatives by central differences.</summary>
internal static class Differences
{
    // One bit of a double next to 1.
    private const double Rounding = 2.3e-16;
    private const double Shrink = 1.4, Enough = 1e-13, EnoughOfAll = 1e-11;
    // Below this the rounding of the values, divided by the square of the step, leaves no digit.
    private const double LeastOfSecond = 5e-5;
    private const int MostSteps = 14, Scales = 7, CurvePoints = 29;
    private const double CurveLargest = 0, CurvePerDecade = 2;

    /// <summary>
    /// Ridders' extrapolation to step zero from several first steps, 1e-1 down to 1e-7 of the place: one that reaches over a pole, a
    /// kink or many waves shows in its own estimate of the error, and the one with the least estimate is kept. NaN where none is finite.
    /// </summary>
    public static double Extrapolated(Func<double, double> function, double at)
    {
        (double best, double bestError) = (double.NaN, double.PositiveInfinity);
        foreach (double first in FirstSteps(at))
        {
            (double value, double error) = Ridders(step => Central(function, at, step), first);
            if (error < bestError)
                (best, bestError) = (value, error);
            if (bestError <= EnoughOfAll * Math.Abs(best)) break;
        }
        return best;
    }

    /// <summary>The second derivative from second differences, extrapolated in the same way. NaN where none is finite.</summary>
    public static double Second(Func<double, double> function, double at) =>
        BestOf(Math.Max(1, Math.Abs(at)), step => Curved(function, at, step));

    /// <summary>The mixed second derivative, from the four corners of a rectangle.</summary>
    public static double Mixed(Func<double, double, double> function, double first, double second)
    {
        double firstSize = Math.Max(1, Math.Abs(first)), secondSize = Math.Max(1, Math.Abs(second));
        return BestOf(1, step => Twisted(function, first, second, step * firstSize, step * secondSize));
    }

    private static double BestOf(double size, Func<double, (double Slope, double Blur)> difference)
    {
        (double best, double bestError) = (double.NaN, double.PositiveInfinity);
        for (double first = 0.1; first > LeastOfSecond; first /= 10)
        {
            (double value, double error) = Ridders(difference, first * size);
            if (error < bestError)
                (best, bestError) = (value, error);
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
            double error = Math.Abs(Central(function, at, step).Slope - derivative) / Math.Max(1, Math.Abs(derivative));
            if (double.IsFinite(error))
                points.Add(new DifferencePoint(step, error));
        }
        return points;
    }

    // Of the size of the place, and where that is below 1 of the size of 1, too: sin(x)+1000 has no digits left at tiny steps.
    private static IEnumerable<double> FirstSteps(double at)
    {
        for (double size = 0.1; size > Math.Pow(10, -Scales - 0.5); size /= 10)
        {
            yield return size * Math.Max(1, Math.Abs(at));
            if (at != 0 && Math.Abs(at) < 1)
                yield return size * Math.Abs(at);
        }
    }

    // Each column removes one more term of the error in powers of the step. A row that is not finite starts the table anew.
    private static (double Value, double Error) Ridders(Func<double, (double Slope, double Blur)> difference, double step)
    {
        (double best, double bestError) = (double.NaN, double.PositiveInfinity);
        double[] previous = [];
        for (int i = 0; i < MostSteps; i++, step /= Shrink)
        {
            (double slope, double blur) = difference(step);
            double[] row = Row(slope, previous);
            for (int j = 1; j < row.Length; j++)
            {
                double error = blur + Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - previous[j - 1]));
                if (error < bestError)
                    (best, bestError) = (row[j], error);
            }
            if (bestError <= Enough * Math.Abs(best)) break;
            previous = row.All(double.IsFinite) ? row : [];
        }
        return (best, bestError);
    }

    private static double[] Row(double slope, double[] previous)
    {
        var row = new double[previous.Length + 1];
        row[0] = slope;
        double power = Shrink * Shrink;
        for (int j = 1; j < row.Length; j++, power *= Shrink * Shrink)
            row[j] = row[j - 1] + (row[j - 1] - previous[j - 1]) / (power - 1);
        return row;
    }

    // Divided by the step that rounding leaves, which is not quite the one that was asked for. The blur is what rounding of the two
    // values does to the slope: without it, two equal values at a step too small to be seen would pass for a slope of exactly 0.
    private static (double Slope, double Blur) Central(Func<double, double> function, double at, double step)
    {
        double above = at + step, below = at - step, high = function(above), low = function(below);
        return ((high - low) / (above - below), Rounding * Math.Max(Math.Abs(high), Math.Abs(low)) / step);
    }

    // Twice the divided difference over three places, which rounding may have left at slightly unequal distances.
    private static (double Slope, double Blur) Curved(Func<double, double> function, double at, double step)
    {
        double above = at + step, below = at - step, high = function(above), here = function(at), low = function(below);
        double curve = 2 * ((high - here) / (above - at) - (here - low) / (at - below)) / (above - below);
        return (curve, 4 * Rounding * Math.Max(Math.Abs(here), Math.Max(Math.Abs(high), Math.Abs(low))) / (step * step));
    }

    private static (double Slope, double Blur) Twisted(Func<double, double, double> function, double first, double second, double firstStep, double secondStep)
    {
        double right = first + firstStep, left = first - firstStep, above = second + secondStep, below = second - secondStep;
        double[] corners = [function(right, above), function(right, below), function(left, above), function(left, below)];
        double twist = (corners[0] - corners[1] - corners[2] + corners[3]) / ((right - left) * (above - below));
        return (twist, Rounding * corners.Max(Math.Abs) / (firstStep * secondStep));
    }
}
