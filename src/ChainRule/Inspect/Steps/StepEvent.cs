namespace ChainRule.Inspect;

/// <summary>One thing that happened in a <see cref="StepRecording"/>, in words and in numbers. Immutable.</summary>
public sealed record StepEvent
{
    /// <summary>The number of events up to this one, itself included: it leads from state <c>Number - 1</c> to state <c>Number</c>.</summary>
    public required int Number { get; init; }

    /// <summary>What happened.</summary>
    public required StepEventKind Kind { get; init; }

    /// <summary>The node of <see cref="StepRecording.Graph"/> whose value or gradient changed.</summary>
    public required int Node { get; init; }

    /// <summary>The node whose gradient flowed on, for <see cref="StepEventKind.Backward"/> and <see cref="StepEventKind.Accumulate"/>; else null.</summary>
    public int? Through { get; init; }

    /// <summary>Which operand of <see cref="Through"/> the node is.</summary>
    public int Operand { get; init; }

    /// <summary>The event as a sentence with formula and numbers: <c>∂L/∂w += ∂L/∂v1 · x = [14] · [2] = [28]; sum [56]</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The formula alone: <c>v1 = w · x</c>, <c>∂L/∂v1 · x</c>.</summary>
    public string Formula { get; init; } = "";

    /// <summary>The local derivative as a formula, where the product is elementwise: <c>x</c>; else empty.</summary>
    public string LocalFormula { get; init; } = "";

    /// <summary>The local derivative in numbers, where each element depends on one element alone or a single number comes out; else null.</summary>
    public GraphValue? LocalDerivative { get; init; }

    /// <summary>The gradient that flowed in from <see cref="Through"/>.</summary>
    public GraphValue? Upstream { get; init; }

    /// <summary>What this path contributes to the gradient.</summary>
    public GraphValue? Contribution { get; init; }

    /// <summary>The sum of the contributions so far, this one included.</summary>
    public GraphValue? RunningSum { get; init; }

    /// <summary>The tensors that were read, by their places in <see cref="StepRecording.Tensors"/>.</summary>
    public IReadOnlyList<int> Reads { get; init; } = [];

    /// <summary>The tensors that changed; all others are as they were.</summary>
    public required IReadOnlyList<int> Changes { get; init; }

    /// <summary>The operation that ran, or whose rule ran.</summary>
    internal Op? Op { get; init; }

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
