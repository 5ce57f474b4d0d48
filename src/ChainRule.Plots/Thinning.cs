using ScottPlot;

namespace ChainRule.Plots;

/// <summary>Fewer points that look the same: of each stretch its lowest and its highest stay, so that no spike is lost.</summary>
internal static class Thinning
{
    public static List<Coordinates> ToEnvelope(List<Coordinates> points, int atMost)
    {
        if (points.Count <= atMost) return points;
        int stretches = atMost / 2;
        var kept = new List<Coordinates>(atMost);
        for (int i = 0; i < stretches; i++)
        {
            int start = (int)((long)points.Count * i / stretches), end = (int)((long)points.Count * (i + 1) / stretches);
            int lowest = start, highest = start;
            for (int j = start + 1; j < end; j++)
            {
                if (points[j].Y < points[lowest].Y) lowest = j;
                if (points[j].Y > points[highest].Y) highest = j;
            }
            kept.Add(points[Math.Min(lowest, highest)]);
            if (lowest != highest)
                kept.Add(points[Math.Max(lowest, highest)]);
        }
        return kept;
    }
}
