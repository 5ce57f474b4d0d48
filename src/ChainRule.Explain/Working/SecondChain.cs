using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>
/// Carries a first and a second derivative forward through steps of single numbers: for z = f(a, b),
/// z' = f_a a' + f_b b', and z'' = f_aa a'² + 2 f_ab a' b' + f_bb b'² + f_a a'' + f_b b''.
/// </summary>
internal sealed class SecondChain(Board board, ExplanationStep[] steps)
{
    private readonly SymbolTable _table = board.Simplified;
    private readonly Dictionary<Symbol, double> _values = new(ReferenceEqualityComparer.Instance);

    public SecondStep[] Steps() => [.. steps.Select(Of)];

    private SecondStep Of(ExplanationStep step)
    {
        Draft draft = board.Drafts[step.Index];
        (Symbol first, Symbol second) = step.IsInput ? (_table.Number(1), _table.Number(0)) : Differentiated(draft);
        double firstValue = Value(first), secondValue = Value(second);
        _values[Prime(draft, 1)] = firstValue;
        _values[Prime(draft, 2)] = secondValue;
        return new SecondStep(step, Written(first), firstValue, Written(second), secondValue);
    }

    private (Symbol First, Symbol Second) Differentiated(Draft draft)
    {
        // Each operand has a place of its own, so that x·x has two derivatives.
        Symbol[] names = [.. draft.Operands.Select((operand, k) => operand.IsConstant ? operand.Simplified! : _table.Variable(board.Drafts[operand.Step].Name, -1 - k))];
        Symbol formula = Operations.Formula(draft.Operation, names);
        Symbol first = _table.Number(0), bent = first, carried = first;
        int[] moving = [.. Enumerable.Range(0, names.Length).Where(k => !draft.Operands[k].IsConstant)];
        foreach (int k in moving)
        {
            Draft operand = board.Drafts[draft.Operands[k].Step];
            _values[names[k]] = operand.Value.Item<double>();
            Symbol slope = Calculus.Derivative(Calculus.Parts(formula), names[k]);
            first += slope * Prime(operand, 1);
            carried += slope * Prime(operand, 2);
            foreach (int other in moving)
                bent += Calculus.Derivative(Calculus.Parts(slope), names[other]) * (Prime(operand, 1) * Prime(board.Drafts[draft.Operands[other].Step], 1));
        }
        return (first, bent + carried);
    }

    private Symbol Prime(Draft draft, int order) => _table.Variable(draft.Name + new string('\'', order), 0);

    private double Value(Symbol formula) => Calculus.Value(Calculus.Parts(formula), variable => _values[variable]);

    private Formula Written(Symbol formula) => Rendering.Of(formula) ?? Rendering.Of(board.Literal.Variable("…", 0))!;
}
