namespace ChainRule.Tests.Laws;

/// <summary>An operation that ran: on what, and what came out.</summary>
internal sealed record Application(Op Op, Tensor[] Operands, Tensor Result)
{
    public Operands AsOperands => Operands.Length switch
    {
        1 => new(Operands[0]),
        2 => new(Operands[0], Operands[1]),
        3 => new(Operands[0], Operands[1], Operands[2]),
        _ => new(Operands),
    };

    /// <summary>Every operation that runs while something is computed.</summary>
    public static List<Application> During(Action compute)
    {
        var seen = new List<Application>();
        Interpreter.Witness = (op, operands, result) => seen.Add(new(op, [.. Enumerable.Range(0, operands.Count).Select(i => operands[i])], result));
        try
        {
            compute();
        }
        finally
        {
            Interpreter.Witness = null;
        }
        return seen;
    }
}
