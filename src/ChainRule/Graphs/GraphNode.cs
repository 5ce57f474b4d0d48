namespace ChainRule;

/// <summary>One value of a graph and how it comes about. Immutable.</summary>
public sealed class GraphNode
{
    private readonly int[] _operands;

    internal GraphNode(int id, GraphNodeKind kind, TensorSpec spec, params int[] operands)
    {
        (Id, Kind, Spec) = (id, kind, spec);
        _operands = operands;
    }

    /// <summary>The node's place in <see cref="Graph.Nodes"/>; operands have smaller ones.</summary>
    public int Id { get; }

    /// <summary>What it is.</summary>
    public GraphNodeKind Kind { get; }

    /// <summary>The operation's name, or the kind in lower case.</summary>
    public string Name => Op?.Name ?? Kind switch
    {
        GraphNodeKind.Input => "input",
        GraphNodeKind.State => "state",
        GraphNodeKind.Captured => "captured",
        GraphNodeKind.Constant => "constant",
        GraphNodeKind.Draw => "draw",
        GraphNodeKind.View => "view",
        _ => "guard",
    };

    /// <summary>The shape of the value.</summary>
    public Shape Shape => Spec.Shape;

    /// <summary>The type of the value.</summary>
    public DType DType => Spec.DType;

    /// <summary>The nodes that it reads.</summary>
    public IReadOnlyList<int> Operands => _operands;

    internal TensorSpec Spec { get; }

    internal ReadOnlySpan<int> OperandIds => _operands;

    /// <summary>The operation; null for other kinds.</summary>
    internal Op? Op { get; init; }

    /// <summary>The tensor of a constant or of what is captured; the layout of a view.</summary>
    internal Tensor? Tensor { get; init; }

    /// <summary>The draw of a key; null for other kinds.</summary>
    internal KeySlot? Key { get; init; }

    /// <summary>Fills a tensor with random numbers; null for other kinds.</summary>
    internal Action<RandomKey, Tensor>? Fill { get; init; }

    /// <summary>The check of a guard; null for other kinds.</summary>
    internal Func<Tensor, bool>? IsAsBefore { get; init; }

    /// <summary>Who keeps a state; null for other kinds.</summary>
    internal IRecordedState? State { get; init; }

    /// <summary>The same node in another place with other operands.</summary>
    internal GraphNode At(int id, int[] operands) => new(id, Kind, Spec, operands)
    {
        Op = Op,
        Tensor = Tensor,
        Key = Key,
        Fill = Fill,
        IsAsBefore = IsAsBefore,
        State = State,
    };
}
