using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>Writes what a doctor found as text for people.</summary>
internal static class DoctorReport
{
    public static string Write(GradientDoctor doctor, long steps, double loss)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Gradient doctor: {steps:N0} steps watched, {doctor.Readings.Count:N0} of them closely; loss {loss:G4} over the last.\n");
        if (doctor.Findings.Count == 0)
            text.Append("Nothing found.\n");
        for (int i = 0; i < doctor.Findings.Count; i++)
        {
            Finding finding = doctor.Findings[i];
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. {finding.Title.ToUpperInvariant()}{(finding.Layer.Length == 0 ? "" : $" in {Escaping.Clean(finding.Layer)}")} ({(finding.Severity == FindingSeverity.Critical ? "critical" : "warning")}, since step {finding.SinceStep})\n");
            text.Append(CultureInfo.InvariantCulture, $"   Measured: {finding.Evidence}\n   Cause:    {finding.Cause}\n   Cure:     {finding.Cure}\n");
        }
        if (doctor.Unseen.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nNot seen at work: {string.Join(", ", doctor.Unseen.Take(10).Select(Escaping.Clean))}{(doctor.Unseen.Count > 10 ? ", …" : "")}. Nothing can be said of dead or saturated units there: call modules by Apply, and give the doctor of a compiled step a Loss.\n");
        if (doctor.Readings.Count > 0)
            AddTable(text, doctor.Readings[^1]);
        return text.ToString();
    }

    private static void AddTable(StringBuilder text, StepReading reading)
    {
        List<string[]> cells = [["parameter", "|gradient|", "p1", "p50", "p99", "zero", "update/weight"]];
        foreach (LayerReading layer in reading.Layers)
        {
            string name = Escaping.Cut(Escaping.Clean(layer.Parameter), 40);
            cells.Add(layer.HasGradient
                ? [name, Short(layer.GradientNorm), Short(layer.P1), Short(layer.P50), Short(layer.P99), layer.ZeroShare.ToString("P0", CultureInfo.InvariantCulture), Short(layer.UpdateRatio)]
                : [name, "none", "", "", "", "", ""]);
        }
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        text.Append(CultureInfo.InvariantCulture, $"\nGradients at step {reading.Step}\n");
        foreach (string[] row in cells)
            text.Append(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd()).Append('\n');
        foreach (ActivationReading activation in reading.Activations)
            text.Append(CultureInfo.InvariantCulture, $"{Escaping.Clean(activation.Module)} {activation.Function}: {(activation.Function == "Relu" ? $"{activation.DeadUnits.Count} of {activation.Units} units off on all {activation.Rows} rows" : $"{activation.SaturatedShare.ToString("P0", CultureInfo.InvariantCulture)} saturated")}\n");
    }

    private static string Short(double value) => double.IsNaN(value) ? "?" : value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
