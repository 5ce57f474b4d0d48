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
            int alike = 0, start = 0;
            for (int i = count - period - 1; i >= 0; i--)
            {
                Likeness likeness = Compare(i, period);
                if (likeness == Likeness.None)
                    alike = 0;
                else
                    alike = i < start ? 1 : alike + 1;
                // What may only stand in the first block ends the row there.
                start = likeness == Likeness.OfFirst ? i - period + 1 : i < start || likeness == Likeness.None ? 0 : start;
                int times = alike / period + 1;
                if (times >= atLeast && times * period > best[i].End - best[i].Start)
                    best[i] = new(i, period, times);
            }
        }
        List<Block> blocks = [];
        for (int i = 0; i < count; i = best[i].Times > 0 ? best[i].End : i + 1)
        {
            if (best[i].Times == 0) continue;
            i = Beginning(best, i);
            blocks.Add(best[i]);
        }
        return blocks;
    }

    // The same row can often be cut in several ways; a layer begins where its parameters are read.
    private int Beginning(Block[] best, int first)
    {
        for (int i = first; i < Math.Min(first + best[first].Period, best.Length); i++)
        {
            bool isAsLong = best[i].Period == best[first].Period && best[i].Times == best[first].Times;
            if (isAsLong && (_operands[i] ?? []).Any(operand => _view.Nodes[operand].Kind == GraphViewNodeKind.Parameter)) return i;
        }
        return first;
    }

    // Alike, and reading what stands in the same places before it; only a first block may read what comes from elsewhere instead.
    private Likeness Compare(int i, int period)
    {
        if (_signatures[i] != _signatures[i + period]) return Likeness.None;
        int[] first = _operands[i] ?? [], second = _operands[i + period] ?? [];
        Likeness likeness = Likeness.Alike;
        for (int k = 0; k < second.Length; k++)
        {
            int before = _places[first[k]], after = _places[second[k]];
            bool isOfBlock = before >= 0 && after - before == period;
            bool isOutside = before < 0 && after < 0 && (first[k] == second[k] || _view.Nodes[first[k]].Kind == _view.Nodes[second[k]].Kind);
            if (isOfBlock || isOutside) continue;
            if (after < i) return Likeness.None;
            likeness = Likeness.OfFirst;
        }
        return likeness;
    }

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
        GraphViewNodeKind.Constant when node.Value is { Elements.Count: 1 } => node.Name,
        _ => "",
    };

    private GraphViewNode Describe(Block block, IReadOnlyList<GraphViewNode> members)
    {
        GraphViewNode[] once = _operations[block.Start..(block.Start + block.Period)];
        string name = once.Length <= 3 ? string.Join(" → ", once.Select(node => node.Operation)) : $"{once[0].Operation} → … → {once[^1].Operation}";
        if (Module(block) is { } module)
            name = module;
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

    // What is known of the module that one repetition is, if it is one.
    private string? Module(Block block)
    {
        string path = _operations[block.Start].Module;
        bool IsWithin(int operation) => _operations[operation].Module == path || _operations[operation].Module.StartsWith(path + ".", StringComparison.Ordinal);
        while (path.Length > 0 && !Enumerable.Range(block.Start, block.Period).All(IsWithin))
            path = GivenNames.ModuleOf(path);
        return path.Length > 0 && !IsWithin(block.Start + block.Period) ? _view.Modules.GetValueOrDefault(path) : null;
    }

    private enum Likeness
    {
        None,
        Alike,
        OfFirst,
    }

    private readonly record struct Block(int Start, int Period, int Times)
    {
        public int End => Start + Period * Times;
    }
}
