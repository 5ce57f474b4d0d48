using ScottPlot;

namespace ChainRule.Plots;

/// <summary>The corner of a plot in which a legend hides the least.</summary>
internal static class LegendCorner
{
    /// <summary>A line is looked at in so many places across the whole plot.</summary>
    private const double Places = 80;

    // The first of equals is taken: readers look for a legend at the upper right.
    private static readonly (Alignment Corner, bool IsRight, bool IsUpper)[] _corners =
    [
        (Alignment.UpperRight, true, true), (Alignment.LowerRight, true, false), (Alignment.UpperLeft, false, true), (Alignment.LowerLeft, false, false),
    ];

    /// <summary>Chooses the corner.</summary>
    /// <param name="curves">The curves in shares of the plot's width (from the left) and height (from below).</param>
    /// <param name="width">The legend's share of the width.</param>
    /// <param name="height">The legend's share of the height.</param>
    public static Alignment LeastHidden(IReadOnlyCollection<IReadOnlyList<Coordinates>> curves, double width, double height) =>
        _corners.MinBy(corner => curves.Sum(curve => Hidden(curve, place =>
            (corner.IsRight ? place.X > 1 - width : place.X < width) && (corner.IsUpper ? place.Y > 1 - height : place.Y < height)))).Corner;

    /// <summary>About how long the part of a curve is that lies inside.</summary>
    private static double Hidden(IReadOnlyList<Coordinates> curve, Func<Coordinates, bool> isInside)
    {
        double hidden = curve.Count > 0 && isInside(curve[0]) ? 1 / Places : 0;
        for (int i = 1; i < curve.Count; i++)
        {
            (Coordinates from, Coordinates to) = (curve[i - 1], curve[i]);
            double length = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
            int pieces = (int)Math.Clamp(Math.Ceiling(length * Places), 1, Places);
            for (int piece = 1; piece <= pieces; piece++)
            {
                double share = (double)piece / pieces;
                if (isInside(new Coordinates(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y))))
                    hidden += length / pieces;
            }
        }
        return hidden;
    }
}
