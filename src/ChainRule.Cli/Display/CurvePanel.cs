using System.Text;
using Spectre.Console;

namespace ChainRule.Cli.Display;

/// <summary>Curves of dots under a title, each in its colour, all on one scale.</summary>
internal sealed class CurvePanel(int width, int rows, bool isUnicode, bool isLogarithmic)
{
    private readonly List<(IReadOnlyList<double> Values, string Colour)> _curves = [];

    /// <summary>Adds a curve over the whole width; where two meet, the later one gives the colour.</summary>
    public CurvePanel Add(IReadOnlyList<double> values, string colour)
    {
        _curves.Add((values, colour));
        return this;
    }

    /// <summary>The least and the largest value that is drawn; null if there is none.</summary>
    public (double Lowest, double Highest)? Range
    {
        get
        {
            double[] all = [.. _curves.SelectMany(curve => curve.Values).Where(value => double.IsFinite(value) && (value > 0 || !isLogarithmic))];
            return all.Length == 0 ? null : (all.Min(), all.Max());
        }
    }

    /// <summary>The picture.</summary>
    public Markup Draw()
    {
        var canvases = new List<(Canvas Canvas, string Colour)>();
        var all = new Canvas(width, rows, isUnicode);
        if (Range is { } range)
        {
            foreach ((IReadOnlyList<double> values, string colour) in _curves)
            {
                var canvas = new Canvas(width, rows, isUnicode);
                canvas.Plot(values, isLogarithmic, range.Lowest, range.Highest);
                canvases.Add((canvas, colour));
                all.With(canvas);
            }
        }
        var text = new StringBuilder();
        foreach ((int row, string line) in all.Lines().Index())
            AppendLine(text, line, row, canvases);
        return new Markup(text.ToString().TrimEnd('\n'));
    }

    private static void AppendLine(StringBuilder text, string line, int row, List<(Canvas Canvas, string Colour)> canvases)
    {
        string current = "";
        for (int column = 0; column < line.Length; column++)
        {
            string colour = canvases.FindLast(one => !one.Canvas.IsEmpty(column, row)).Colour ?? "";
            if (colour != current)
                text.Append(current.Length > 0 ? "[/]" : "").Append(colour.Length > 0 ? $"[{colour}]" : "");
            current = colour;
            text.Append(Markup.Escape(line[column].ToString()));
        }
        text.Append(current.Length > 0 ? "[/]" : "").Append('\n');
    }
}
