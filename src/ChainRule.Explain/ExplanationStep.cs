namespace ChainRule.Explain;

/// <summary>One line on the board: an input, or one operation on earlier steps.</summary>
public sealed class ExplanationStep
{
    private readonly List<ExplanationEdge> _contributions = [];

    internal ExplanationStep(int index, string name, string operation, Formula formula, Formula written, int column, Tensor value) =>
        (Index, Name, Operation, Formula, Written, Column, Value) = (index, name, operation, formula, written, column, value);

    /// <summary>Its place in <see cref="Explanation.Steps"/>; operands come before what reads them.</summary>
    public int Index { get; }

    /// <summary>The variable's name, or the letter that stands for the result of the operation.</summary>
    public string Name { get; }

    /// <summary>The operation: <c>multiply</c>, <c>sin</c>; <c>input</c> for a variable.</summary>
    public string Operation { get; }

    /// <summary>Whether it is a variable of the expression.</summary>
    public bool IsInput => Operation == Explanation.InputOperation;

    /// <summary>The operation in the names of earlier steps: <c>u^3</c>; an input's is its name.</summary>
    public Formula Formula { get; }

    /// <summary>All that the step stands for, in the variables alone: <c>(2·x + 1)^3</c>.</summary>
    public Formula Written { get; }

    /// <summary>Where it is written in the expression; 1 for the first character.</summary>
    public int Column { get; }

    /// <summary>What it came to, in double precision.</summary>
    public Tensor Value { get; }

    /// <summary>Its shape.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>The derivative of the result by this step: the sum of the products of <see cref="Contributions"/>, added in their order. 1 for the last step.</summary>
    public Tensor Gradient { get; internal set; } = null!;

    /// <summary>To the steps that it reads; one edge for each place where it reads one.</summary>
    public IReadOnlyList<ExplanationEdge> Operands { get; internal set; } = [];

    /// <summary>From the steps that read it, in the order in which the backward pass adds them.</summary>
    public IReadOnlyList<ExplanationEdge> Contributions => _contributions;

    internal void Receive(ExplanationEdge edge) => _contributions.Add(edge);
}
