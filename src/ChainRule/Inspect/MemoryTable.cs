using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>A plan of memory as a table.</summary>
internal static class MemoryTable
{
    public static string Write(MemoryPlan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{plan.Subject} needs {Size(plan.PeakBytes)} at most, {When(plan.PeakPhase)}; the pool may hold up to {Size(plan.MostHeldBytes)}.\n");
        if (plan.CompiledBytes is { } compiled)
            text.Append(CultureInfo.InvariantCulture, $"Compiled, it needs {Size(compiled)} after its first replays, which are checked beside eager execution.\n");
        else if (plan.CompileRefusal is { } refusal)
            text.Append(CultureInfo.InvariantCulture, $"It cannot be compiled: {refusal}\n");
        text.Append('\n');
        AppendTable(text, Cells(plan));
        return text.ToString();
    }

    private static List<string[]> Cells(MemoryPlan plan)
    {
        List<string[]> cells = [["", "layer", "parameters", "gradients", "optimizer", "kept", "share"]];
        cells.AddRange(plan.Rows.Select(row => Row(plan, row.Name, row.Layer, row.Parameters, row.Gradients, row.OptimizerState, row.Kept, row.Total)));
        if (plan.BatchBytes > 0)
            cells.Add(Row(plan, "", "the batch", 0, 0, 0, plan.BatchBytes, plan.BatchBytes));
        if (plan.WorkingBytes > 0)
            cells.Add(Row(plan, "", "on its way back", 0, 0, 0, plan.WorkingBytes, plan.WorkingBytes));
        cells.Add(Row(plan, "", "total", plan.Rows.Sum(row => row.Parameters), plan.Rows.Sum(row => row.Gradients), plan.Rows.Sum(row => row.OptimizerState), plan.Rows.Sum(row => row.Kept) + plan.BatchBytes + plan.WorkingBytes, plan.PeakBytes));
        return cells;
    }

    private static string[] Row(MemoryPlan plan, string name, string layer, long parameters, long gradients, long state, long kept, long total) =>
        [name, layer, Cell(parameters), Cell(gradients), Cell(state), Cell(kept), (100.0 * total / Math.Max(plan.PeakBytes, 1)).ToString("F1", CultureInfo.InvariantCulture) + " %"];

    private static void AppendTable(StringBuilder text, List<string[]> cells)
    {
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        for (int i = 0; i < cells.Count; i++)
        {
            if (i == 1 || i == cells.Count - 1)
                text.Append('-', widths.Sum() + 2 * (widths.Length - 1)).Append('\n');
            for (int column = 0; column < widths.Length; column++)
            {
                string cell = cells[i][column];
                text.Append(column == 0 ? "" : "  ").Append(column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            }
            text.Append('\n');
        }
    }

    private static string Cell(long bytes) => bytes == 0 ? "" : Size(bytes);

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F1} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:F2} GiB"),
    };

    private static string When(MemoryPhase phase) => phase switch
    {
        MemoryPhase.Forward => "in the forward pass",
        MemoryPhase.Backward => "in the backward pass",
        _ => "in the optimizer's step",
    };
}
