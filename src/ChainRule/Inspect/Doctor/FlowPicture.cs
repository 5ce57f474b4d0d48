using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>Draws a <see cref="GradientFlow"/>: a row for each parameter, a column for each step, colour for the decade.</summary>
internal sealed class FlowPicture
{
    private const int MostColumns = 160, RowHeight = 22, Top = 34, PlotWidth = 640, LegendWidth = 24;
    private const double LetterWidth = 7.3;

    // Cividis, made for colour-blind eyes: dark blue to yellow, monotone in brightness.
    private static readonly (int R, int G, int B)[] Scale = [(0, 34, 78), (40, 60, 110), (87, 93, 109), (124, 123, 120), (164, 156, 116), (206, 189, 96), (254, 232, 56)];

    private readonly GradientFlow _flow;
    private readonly StringBuilder _svg = new();
    private readonly int _lowest, _highest, _left, _columns;

    public FlowPicture(GradientFlow flow, int recent)
    {
        _flow = flow;
        (_lowest, _highest) = flow.Decades(recent);
        _left = 24 + (int)(flow.Rows.Select(row => Escaping.Cut(Escaping.Clean(row), 32).Length).DefaultIfEmpty(4).Max() * LetterWidth);
        _columns = Math.Min(flow.Columns.Count, MostColumns);
    }

    public string Written()
    {
        int plotHeight = _flow.Rows.Count * RowHeight, height = Top + Math.Max(plotHeight, 120) + 62, width = _left + PlotWidth + 110;
        string summary = Summary();
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flow\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escaping.Markup(summary)}\">\n");
        _svg.Append("""
            <style>
            .flow { --paper: #ffffff; --ink: #1f2328; --quiet: #57606a; --none: #d8dee4; background: var(--paper); font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
            @media (prefers-color-scheme: dark) { .flow { --paper: #0d1117; --ink: #e6edf3; --quiet: #9da7b3; --none: #30363d; } }
            .flow text { fill: var(--ink); } .flow .q { fill: var(--quiet); } .flow .none { fill: var(--none); } .flow .bad { fill: #d55e00; } .flow .zero { fill: url(#zero); } .flow .frame { fill: none; stroke: var(--quiet); }
            </style>
            <defs><pattern id="zero" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--paper)"/><rect width="2" height="6" fill="var(--quiet)"/></pattern></defs>

            """);
        _svg.Append(CultureInfo.InvariantCulture, $"<desc>{Escaping.Markup(Table())}</desc>\n<text x=\"{_left}\" y=\"20\" font-weight=\"700\">Gradient by parameter and step (root mean square, log scale)</text>\n");
        for (int row = 0; row < _flow.Rows.Count; row++)
            AddRow(row);
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" x=\"{_left}\" y=\"{Top}\" width=\"{PlotWidth}\" height=\"{plotHeight}\"/>\n");
        AddSteps(Top + plotHeight);
        AddLegend(Top, Math.Max(plotHeight, 120), height);
        return _svg.Append("</svg>\n").ToString();
    }

    private void AddRow(int row)
    {
        double y = Top + row * RowHeight, cell = _columns == 0 ? 0 : (double)PlotWidth / _columns;
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{_left - 8}\" y=\"{Number(y + 15)}\" text-anchor=\"end\">{Escaping.Markup(Escaping.Cut(Escaping.Clean(_flow.Rows[row]), 32))}</text>");
        for (int column = 0; column < _columns; column++)
        {
            double value = Shown(row, column);
            string paint = double.IsFinite(value) ? value == 0 ? "class=\"zero\"" : $"fill=\"{Colour(Logarithm.Decimal(value))}\"" : double.IsNaN(value) ? "class=\"none\"" : "class=\"bad\"";
            // A little wider than a cell, so that no seam shows between neighbours.
            double wide = column == _columns - 1 ? cell : cell + 0.4;
            _svg.Append(CultureInfo.InvariantCulture, $"<rect {paint} x=\"{Number(_left + column * cell)}\" y=\"{Number(y)}\" width=\"{Number(wide)}\" height=\"{RowHeight - 1}\"/>");
        }
        _svg.Append('\n');
    }

    // Of several steps in one cell the last is shown, unless one of them is infinite.
    private double Shown(int row, int column)
    {
        int from = (int)((long)column * _flow.Columns.Count / _columns), to = Math.Max(from + 1, (int)((long)(column + 1) * _flow.Columns.Count / _columns));
        for (int i = from; i < to; i++)
        {
            if (double.IsInfinity(_flow.Values[row][i])) return double.PositiveInfinity;
        }
        return _flow.Values[row][to - 1];
    }

    private void AddSteps(int y)
    {
        int marks = Math.Min(5, _columns);
        for (int i = 0; i < marks; i++)
        {
            int column = marks == 1 ? 0 : i * (_flow.Columns.Count - 1) / (marks - 1);
            double x = _left + (column + 0.5) * PlotWidth / _flow.Columns.Count;
            string anchor = i == 0 ? "start" : i == marks - 1 ? "end" : "middle";
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"q\" x=\"{Number(i == 0 ? _left : i == marks - 1 ? _left + PlotWidth : x)}\" y=\"{y + 16}\" text-anchor=\"{anchor}\">{_flow.Columns[column]}</text>");
        }
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"q\" x=\"{_left + PlotWidth / 2}\" y=\"{y + 32}\" text-anchor=\"middle\">step</text>\n");
    }

    private void AddLegend(int y, int tall, int height)
    {
        int x = _left + PlotWidth + 24, bands = _highest - _lowest;
        double band = (double)tall / bands;
        // With many decades not every one has room for its name.
        int every = Math.Max(1, (int)Math.Ceiling(18 / band));
        for (int i = 0; i < bands; i++)
            _svg.Append(CultureInfo.InvariantCulture, $"<rect fill=\"{Colour(_highest - i - 0.5)}\" x=\"{x}\" y=\"{Number(y + i * band)}\" width=\"{LegendWidth}\" height=\"{Number(band)}\"/>");
        for (int i = 0; i <= bands; i += every)
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"q\" x=\"{x + LegendWidth + 6}\" y=\"{Number(y + i * band + 4)}\">1e{_highest - i}</text>");
        int last = height - 12;
        (string Class, string Name)[] signs = [("zero", "all zero"), ("none", "no gradient"), ("bad", "NaN or infinite")];
        int at = _left;
        foreach ((string sign, string name) in signs)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{sign}\" stroke=\"#8c959f\" x=\"{at}\" y=\"{last - 10}\" width=\"12\" height=\"12\"/><text class=\"q\" x=\"{at + 18}\" y=\"{last}\">{name}</text>");
            at += 48 + (int)(name.Length * LetterWidth);
        }
        _svg.Append('\n');
    }

    // One colour for each decade: bands can be told apart and named, a smooth ramp cannot.
    private string Colour(double decade)
    {
        int bands = _highest - _lowest, band = Math.Clamp((int)Math.Floor(decade) - _lowest, 0, bands - 1);
        double place = bands == 1 ? 0.5 : (double)band / (bands - 1), at = place * (Scale.Length - 1);
        int low = Math.Min((int)at, Scale.Length - 2);
        double share = at - low;
        return string.Create(CultureInfo.InvariantCulture, $"#{Mixed(Scale[low].R, Scale[low + 1].R, share):x2}{Mixed(Scale[low].G, Scale[low + 1].G, share):x2}{Mixed(Scale[low].B, Scale[low + 1].B, share):x2}");
    }

    private static int Mixed(int from, int to, double share) => (int)Math.Round(from + (to - from) * share);

    private string Summary() => string.Create(CultureInfo.InvariantCulture, $"Heat map of the gradients of {_flow.Rows.Count} parameters at {_flow.Columns.Count} steps");

    private string Table()
    {
        var text = new StringBuilder("Root mean square of the gradient at the first, the middle and the last step. ");
        for (int row = 0; row < _flow.Rows.Count && _flow.Columns.Count > 0; row++)
        {
            IReadOnlyList<double> values = _flow.Values[row];
            text.Append(CultureInfo.InvariantCulture, $"{Escaping.Cut(_flow.Rows[row], 60)}: {values[0]:G3}, {values[values.Count / 2]:G3}, {values[^1]:G3}. ");
        }
        return text.ToString();
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
