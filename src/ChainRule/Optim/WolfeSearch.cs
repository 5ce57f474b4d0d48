namespace ChainRule.Optim;

/// <summary>
/// Searches along a direction for a length at which the loss has fallen enough and the slope has flattened (the strong Wolfe
/// conditions): first outwards until a minimum is enclosed, then inwards, by cubic interpolation.
/// </summary>
/// <param name="evaluate">The loss and its gradient at a length.</param>
/// <param name="direction">The direction.</param>
/// <remarks>Nocedal and Wright, "Numerical optimization", algorithms 3.5 and 3.6, with the safeguards of Torch's lswolfe.</remarks>
internal sealed class WolfeSearch(Func<double, (double Value, double[] Gradient)> evaluate, double[] direction)
{
    private const double Fall = 1e-4, Flat = 0.9;
    private const int MostTrials = 25;

    private int _trials;

    /// <summary>How often the loss was computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Finds a length.</summary>
    /// <param name="length">The first to try.</param>
    /// <param name="start">What is known at length 0.</param>
    /// <param name="tolerance">Ends when no parameter would move by more.</param>
    public Point Run(double length, Point start, double tolerance)
    {
        (Point low, Point high, bool isDone) = Enclose(length, start);
        if (high.Value < low.Value)
            (low, high) = (high, low);
        double size = Dense.Largest(direction);
        bool wasShort = false;
        while (!isDone && _trials < MostTrials && !(Math.Abs(high.At - low.At) * size < tolerance))
        {
            Point trial = Try(Inside(low, high, ref wasShort));
            _trials++;
            if (trial.Value > start.Value + Fall * trial.At * start.Slope || trial.Value >= low.Value)
            {
                high = trial;
                if (high.Value < low.Value)
                    (low, high) = (high, low);
                continue;
            }
            if (Math.Abs(trial.Slope) <= -Flat * start.Slope)
                isDone = true;
            else if (trial.Slope * (high.At - low.At) >= 0)
                high = low;
            low = trial;
        }
        return low;
    }

    // Two lengths between which the conditions can be met, or twice one at which they are.
    private (Point First, Point Second, bool IsDone) Enclose(double length, Point start)
    {
        Point last = start, trial = Try(length);
        for (; _trials < MostTrials; _trials++)
        {
            if (trial.Value > start.Value + Fall * trial.At * start.Slope || (_trials > 1 && trial.Value >= last.Value))
                return (last, trial, false);
            if (Math.Abs(trial.Slope) <= -Flat * start.Slope)
                return (trial, trial, true);
            if (trial.Slope >= 0)
                return (last, trial, false);
            double next = Minimum(last, trial, trial.At + 0.01 * (trial.At - last.At), trial.At * 10);
            (last, trial) = (trial, Try(next));
        }
        return (start, trial, false);
    }

    private Point Try(double length)
    {
        Evaluations++;
        (double value, double[] gradient) = evaluate(length);
        // Too far: higher than any loss, and of no use for a cubic, so that the search turns back.
        if (!double.IsFinite(value) || !Array.TrueForAll(gradient, double.IsFinite))
            return new Point(length, double.PositiveInfinity, gradient, double.NaN);
        return new Point(length, value, gradient, Dense.Dot(gradient, direction));
    }

    // Where the cubic has its minimum, but not twice in a row near an end.
    private static double Inside(Point a, Point b, ref bool wasShort)
    {
        double least = Math.Min(a.At, b.At), most = Math.Max(a.At, b.At), margin = 0.1 * (most - least);
        double at = Minimum(a, b, least, most);
        bool isShort = Math.Min(most - at, at - least) < margin;
        bool isMoved = isShort && (wasShort || at >= most || at <= least);
        wasShort = isShort && !isMoved;
        if (!isMoved) return at;
        return Math.Abs(at - most) < Math.Abs(at - least) ? most - margin : least + margin;
    }

    // The minimum of the cubic through two points with their slopes, within bounds; their middle if it has none.
    private static double Minimum(Point a, Point b, double least, double most)
    {
        (Point left, Point right) = a.At <= b.At ? (a, b) : (b, a);
        double bend = left.Slope + right.Slope - 3 * (left.Value - right.Value) / (left.At - right.At);
        double square = bend * bend - left.Slope * right.Slope;
        if (!(square >= 0)) return (least + most) / 2;
        double root = Math.Sqrt(square);
        double at = right.At - (right.At - left.At) * ((right.Slope + root - bend) / (right.Slope - left.Slope + 2 * root));
        return Math.Min(Math.Max(at, least), most);
    }

    /// <summary>A length with what is known there.</summary>
    public sealed record Point(double At, double Value, double[] Gradient, double Slope);
}
