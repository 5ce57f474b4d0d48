using System.Globalization;
using System.Text;

namespace ChainRule.Tests.Accuracy;

/// <summary>docs/reference/accuracy.md: how far every row is off at worst.</summary>
internal static class AccuracyPage
{
    public static string Text(IEnumerable<AccuracyRow> rows)
    {
        var page = new StringBuilder();
        page.Append("# Accuracy\n\n");
        page.Append("The worst error of each smooth elementwise operation and of its first derivative, in units in the last place, against values of more than 50 digits. ");
        page.Append("Written by `tools/operations-page` from `tests/ChainRule.Tests/Accuracy`; a test fails when it is out of date or when a bound is broken. ");
        page.Append("The numbers are the same on every processor. The bound is 2 units for values and 4 for derivatives unless the last column says otherwise.\n\n");
        page.Append("Arguments are log-uniform over all binades, subnormal ones too, uniform around 0, close to zeros, poles and borders, and, for sine, cosine and tangent, next to multiples of π/2 and huge.\n\n");
        page.Append("| operation | float64: cases | value | derivative | float32: cases | value | derivative | |\n|---|---|---|---|---|---|---|---|\n");
        foreach (AccuracyRow row in rows.OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            AccuracyMeasure wide = AccuracyMeasure.Of(row, DType.Float64), narrow = AccuracyMeasure.Of(row, DType.Float32);
            page.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {wide.Cases} | {wide.Value.Units:F2} | {wide.Slope.Units:F2} | {narrow.Cases} | {narrow.Value.Units:F2} | {narrow.Slope.Units:F2} | {Remark(row)} |\n");
        }
        return page.ToString();
    }

    private static string Remark(AccuracyRow row)
    {
        List<string> parts = [];
        if (row.MostUnits != 2 || row.MostSlopeUnits != 4)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"bounds {row.MostUnits} and {row.MostSlopeUnits}"));
        if (row.Floor > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"values below {row.Floor} in units of {row.Floor}"));
        if (row.SlopeFloor > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"derivatives below {row.SlopeFloor} in units of {row.SlopeFloor}"));
        if (row.Extent.Length > 0)
            parts.Add(row.Extent);
        return row.Reason.Length == 0 ? string.Join("; ", parts) : $"{string.Join("; ", parts)}: {row.Reason}";
    }
}
