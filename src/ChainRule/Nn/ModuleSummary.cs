using System.Globalization;
using System.Text;

namespace ChainRule.Nn;

/// <summary>The layers of a model with their output shapes and parameter counts; as text, a table.</summary>
public sealed class ModuleSummary
{
    private ModuleSummary(IReadOnlyList<SummaryRow> rows) => Rows = rows;

    /// <summary>One row for each layer, in the order of their declaration.</summary>
    public IReadOnlyList<SummaryRow> Rows { get; }

    /// <summary>The elements of all parameters.</summary>
    public long ParameterCount => Rows.Sum(row => row.ParameterCount);

    /// <summary>The table.</summary>
    public override string ToString()
    {
        List<string[]> cells = [["", "layer", "output", "parameters"]];
        cells.AddRange(Rows.Select(row => (string[])[row.Name, row.Layer, row.Output?.ToString() ?? "?", Count(row.ParameterCount)]));
        cells.Add(["", "total", "", Count(ParameterCount)]);
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        var text = new StringBuilder();
        for (int i = 0; i < cells.Count; i++)
        {
            if (i == 1 || i == cells.Count - 1)
                text.Append('-', widths.Sum() + 2 * (widths.Length - 1)).Append('\n');
            string[] row = cells[i];
            text.Append($"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3].PadLeft(widths[3])}\n");
        }
        return text.ToString();
    }

    internal static ModuleSummary Of(Module model, Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var walk = new ModuleWalk(model);
        Dictionary<Module, Shape> outputs = new ShapeTrace(walk).Run(model, input);
        var counted = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var rows = new List<SummaryRow>();
        foreach ((string name, Module module) in walk.Modules)
        {
            var own = new ModuleWalk(module, isDeep: false);
            long count = own.Parameters.Where(found => counted.Add(found.Value)).Sum(found => found.Value.ElementCount);
            if (own.Parameters.Count > 0 || own.Modules.Count == 1)
                rows.Add(new SummaryRow(name, module.ToString(), outputs.GetValueOrDefault(module), count));
        }
        return new ModuleSummary(rows);
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
