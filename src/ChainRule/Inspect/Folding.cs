using System.Globalization;

namespace ChainRule.Inspect;

/// <summary>Finds operations that are repeated alike, one block right after the other, and draws each such row once with its count.</summary>
internal sealed class Folding
{
    private const int LongestBlock = 256;

    private readonly GraphView _view;
    private readonly GraphViewNode[] _operations;
    private readonly int[] _places;
    private readonly int[][] _operands;
    private readonly int[] _signatures;

    private Folding(GraphView view)
    {
        _view = view;
        _operations = [.. view.Nodes.Where(node => !node.IsSource)];
        _places = new int[view.Nodes.Count];
        Array.Fill(_places, -1);
        for (int i = 0; i < _operations.Length; i++)
            _places[_operations[i].Id] = i;
        _operands = new int[_operations.Length][];
        foreach (IGrouping<int, GraphViewEdge> into in view.Edges.GroupBy(edge => edge.To))
            _operands[_places[into.Key]] = [.. into.Select(edge => edge.From)];
        _signatures = Signatures();
    }

    public static GraphView Run(GraphView view, int atLeast)
    {
        var folding = new Folding(view);
        List<Block> blocks = folding.Blocks(atLeast);
        var groups = new int[view.Nodes.Count];
        Array.Fill(groups, -1);
        for (int block = 0; block < blocks.Count; block++)
        {
            for (int i = blocks[block].Start; i < blocks[block].End; i++)
                groups[folding._operations[i].Id] = block;
        }
        return new Merging(view, groups, blocks.Count).Run((group, members) => folding.Describe(blocks[group], members));
    }

    // The row of operations that repeats with each period, from the end on, so that all of it takes one pass for each period.
    private List<Block> Blocks(int atLeast)
    {
        int count = _operations.Length;
        var best = new Block[count];
        for (int period = 1; period <= Math.Min(LongestBlock, count / atLeast); period++)
        {
            int alike = 0;
            for (int i = count - period - 1; i >= 0; i--)
            {
                alike = IsRepeated(i, period) ? alike + 1 : 0;
                int times = alike / period + 1;
                if (times >= atLeast && times * period > best[i].End - best[i].Start)
                    best[i] = new(i, period, times);
            }
        }
        List<Block> blocks = [];
        for (int i = 0; i < count; i = best[i].Times > 0 ? best[i].End : i + 1)
        {
            if (best[i].Times > 0)
                blocks.Add(best[i]);
        }
        return blocks;
    }

    // Alike, and reading what stands in the same places before it; a first block may read what comes from outside.
    private bool IsRepeated(int i, int period)
    {
        if (_signatures[i] != _signatures[i + period]) return false;
        int[] first = _operands[i] ?? [], second = _operands[i + period] ?? [];
        for (int k = 0; k < second.Length; k++)
        {
            int before = _places[first[k]], after = _places[second[k]];
            bool isOfBlock = before >= 0 && after >= 0 && after - before == period;
            bool isOfFirst = after >= i && IsStart(i, period);
            bool isOutside = before < 0 && after < 0 && (first[k] == second[k] || _view.Nodes[first[k]].Kind == _view.Nodes[second[k]].Kind);
            if (!isOfBlock && !isOutside && !isOfFirst) return false;
        }
        return true;
    }

    // Whether no block of the same kind stands before.
    private bool IsStart(int i, int period) => i < period || _signatures[i - period] != _signatures[i];

    private int[] Signatures()
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var signatures = new int[_operations.Length];
        for (int i = 0; i < signatures.Length; i++)
        {
            GraphViewNode node = _operations[i];
            string formula = node.Formula[(node.Formula.IndexOf(';', StringComparison.Ordinal) + 1)..];
            string parameters = node.Formula.Contains(';', StringComparison.Ordinal) || node.Kind == GraphViewNodeKind.Module ? formula : "";
            string operands = string.Join(' ', (_operands[i] ?? []).Select(operand => Source(_view.Nodes[operand])));
            string signature = $"{node.Kind} {node.Operation} {parameters} {node.Type} {node.Count} ({operands})";
            if (!known.TryGetValue(signature, out signatures[i]))
                known[signature] = signatures[i] = known.Count;
        }
        return signatures;
    }

    private static string Source(GraphViewNode node) => node.Kind switch
    {
        GraphViewNodeKind.Parameter => node.Type,
        GraphViewNodeKind.Constant => $"{node.Type} {(node.Shape.ElementCount == 1 ? node.Name : "")}",
        _ => "",
    };

    private GraphViewNode Describe(Block block, IReadOnlyList<GraphViewNode> members)
    {
        GraphViewNode[] once = _operations[block.Start..(block.Start + block.Period)];
        string name = once.Length <= 3 ? string.Join(" → ", once.Select(node => node.Operation)) : $"{once[0].Operation} → … → {once[^1].Operation}";
        string[] modules = [.. members.Select(member => member.Module).Distinct()];
        return members[^1] with
        {
            Kind = GraphViewNodeKind.Repeat,
            Operation = name,
            Formula = string.Create(CultureInfo.InvariantCulture, $"{block.Times} × {once.Length} {(once.Length == 1 ? "operation" : "operations")}"),
            Count = block.Times,
            OperationCount = members.Sum(member => member.OperationCount),
            Module = modules.Length == 1 ? modules[0] : "",
        };
    }

    private readonly record struct Block(int Start, int Period, int Times)
    {
        public int End => Start + Period * Times;
    }
}
