using System.Globalization;
using System.Text;

namespace ChainRule;

/// <summary>The result of a <see cref="GradientCheck"/>: one row for each parameter.</summary>
/// <param name="Rows">In the order in which the parameters were given.</param>
public sealed record GradientCheckReport(IReadOnlyList<GradientCheckRow> Rows)
{
    /// <summary>Whether every parameter's gradient agrees.</summary>
    public bool Passed => Rows.All(row => row.Passed);

    /// <summary>A table: name, elements checked, relative difference, PASS or FAIL.</summary>
    public override string ToString()
    {
        int width = Math.Max(9, Rows.Count == 0 ? 0 : Rows.Max(row => row.Name.Length));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"parameter".PadRight(width)}  {"checked",12}  {"difference",10}  result");
        foreach (GradientCheckRow row in Rows)
        {
            string count = string.Create(CultureInfo.InvariantCulture, $"{row.Checked}/{row.Elements}");
            string kinks = row.Kinks == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  ({row.Kinks} at a kink)");
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Name.PadRight(width)}  {count,12}  {row.RelativeDifference,10:0.0e+00}  {(row.Passed ? "PASS" : "FAIL")}{kinks}");
        }
        return text.ToString().TrimEnd();
    }
}
