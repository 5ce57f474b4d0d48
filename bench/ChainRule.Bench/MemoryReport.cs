using System.Globalization;
using ChainRule.Inspect;

namespace ChainRule.Bench;

/// <summary>What the networks of the benchmarks take, forecast and measured.</summary>
public static class MemoryReport
{
    /// <summary>Prints one line for each, and with a name the table of the forecast too.</summary>
    public static void Print(TextWriter output, string only)
    {
        output.WriteLine($"{"bytes",-34} {"eager",12} {"measured",12} {"",6} {"compiled",12} {"measured",12}");
        foreach (MemoryCase row in MemoryCase.All.Where(row => row.Name.Contains(only, StringComparison.Ordinal)))
        {
            MemoryPlan plan = row.Plan();
            (long eager, long compiled) = (row.MeasureEager(), row.MeasureCompiled());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-34} {plan.PeakBytes,12:N0} {eager,12:N0} {(double)plan.PeakBytes / eager,6:F3} {plan.CompiledBytes,12:N0} {compiled,12:N0} {(double?)plan.CompiledBytes / compiled,6:F3}"));
            if (only.Length > 0)
                output.WriteLine(plan);
        }
    }
}
