using System.Globalization;

namespace ChainRule.Playground.Lab;

/// <summary>Points from pasted text: x, y and class in each line, set apart by commas, semicolons, tabs or spaces.</summary>
public static class PointText
{
    private const int MostClasses = 4;
    private const float Farthest = 1.2f;

    /// <summary>The points, or none and what is wrong in which line. Coordinates outside of the picture are all scaled into it.</summary>
    public static (IReadOnlyList<LabelledPoint> Points, string? Problem) Read(string text)
    {
        var points = new List<LabelledPoint>();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split([',', ';', '\t', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0) continue;
            // A first line of words is a heading.
            if (points.Count == 0 && cells.Length == 3 && cells.All(cell => char.IsAsciiLetter(cell[0])) && !double.TryParse(cells[0], CultureInfo.InvariantCulture, out _)) continue;
            if (cells.Length != 3 || !Coordinate(cells[0], out float x) || !Coordinate(cells[1], out float y))
                return ([], $"Line {i + 1} is not \"x, y, class\" with two ordinary numbers below a million and a class from 0 to {MostClasses - 1}.");
            if (!int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out int label) || label >= MostClasses)
                return ([], $"Line {i + 1}: the class must be a whole number from 0 to {MostClasses - 1}.");
            points.Add(new(x, y, label));
            if (points.Count > Settings.MostPoints)
                return ([], $"There are more than {Settings.MostPoints} points; paste fewer.");
        }
        if (points.Count < 2)
            return ([], "Give at least two points, one a line: x, y, class.");
        float largest = points.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y)));
        return (largest <= Farthest ? points : [.. points.Select(point => new LabelledPoint(point.X / largest, point.Y / largest, point.Label))], null);
    }

    private static bool Coordinate(string cell, out float value) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) < 1e6f;
}
