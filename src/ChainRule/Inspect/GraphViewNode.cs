namespace ChainRule.Inspect;

/// <summary>One value of a <see cref="GraphView"/> and how it came about. Immutable: it shows the numbers that were there when the view was made.</summary>
public sealed record GraphViewNode
{
    /// <summary>The node's place in <see cref="GraphView.Nodes"/>; operands have smaller ones.</summary>
    public required int Id { get; init; }

    /// <summary>What it stands for.</summary>
    public required GraphViewNodeKind Kind { get; init; }

    /// <summary>What formulas call the value: its given name, the number itself for a single constant, or v1, v2, ...</summary>
    public required string Name { get; init; }

    /// <summary>The operation's plain name; for other kinds, what they are.</summary>
    public required string Operation { get; init; }

    /// <summary>How the value is computed, for example <c>v2 = v1 + b</c>; empty for what comes from outside.</summary>
    public string Formula { get; init; } = "";

    /// <summary>The shape of the value.</summary>
    public required Shape Shape { get; init; }

    /// <summary>The element type of the value.</summary>
    public required DType DType { get; init; }

    /// <summary>The numbers; null where they are not known any more.</summary>
    public GraphValue? Value { get; init; }

    /// <summary>The gradient of the result by this value; null if none was asked for or none arrives.</summary>
    public GraphValue? Gradient { get; init; }

    /// <summary>The path of the module that it belongs to, as in <c>encoder.layers.2</c>; empty for none.</summary>
    public string Module { get; init; } = "";

    /// <summary>Whether it is what the view was made of.</summary>
    public bool IsResult { get; init; }

    /// <summary>How often what it stands for is repeated; 1 for all but <see cref="GraphViewNodeKind.Repeat"/>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The operations that it stands for.</summary>
    public int OperationCount { get; init; }

    /// <summary>What the reader should know about the numbers, such as that they were changed since; else empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>float32[2, 3]</summary>
    internal string Type => $"{DType.Lower()}{Shape}";

    /// <summary>Whether it comes from outside.</summary>
    internal bool IsSource => Kind is GraphViewNodeKind.Input or GraphViewNodeKind.Parameter or GraphViewNodeKind.Constant;

    /// <summary>The module that its box stands in: for a module, the one around it.</summary>
    internal string Enclosing => Kind == GraphViewNodeKind.Module ? GivenNames.ModuleOf(Module) : Module;

    /// <summary>What stands first in its box.</summary>
    internal string Title => Count > 1 ? $"{Operation} × {Count}" : IsSource ? Name : Operation;
}
