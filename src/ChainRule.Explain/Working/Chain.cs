using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>Turns drafts into steps and carries the gradient back through them, edge by edge.</summary>
internal sealed class Chain(Board board)
{
    private readonly IReadOnlyList<Draft> _drafts = board.Drafts;

    public ExplanationStep[] Steps()
    {
        var steps = new ExplanationStep[_drafts.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            Draft draft = _drafts[i];
            Formula written = Rendering.Of(draft.Written) ?? Rendering.Of(board.Literal.Variable("…", 0))!;
            Formula formula = draft.Operands.Length == 0 ? written : Rendering.Of(Operations.Formula(draft.Operation, Names(draft, board.Literal)))!;
            steps[i] = new ExplanationStep(i, draft.Name, draft.Operation, formula, written, draft.Column, draft.Value);
        }
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            steps[i].Gradient = i == steps.Length - 1 ? Tensor.Ones(steps[i].Shape, DType.Float64) : Sum(steps[i]);
            steps[i].Operands = Pull(_drafts[i], steps[i], steps);
        }
        return steps;
    }

    private static Tensor Sum(ExplanationStep step) => step.Contributions.Count == 0
        ? Tensor.Zeros(step.Shape, DType.Float64)
        : step.Contributions.Skip(1).Aggregate(step.Contributions[0].Product, (sum, edge) => sum + edge.Product);

    private List<ExplanationEdge> Pull(Draft draft, ExplanationStep step, ExplanationStep[] steps)
    {
        var edges = new List<ExplanationEdge>();
        if (draft.Operands.Length == 0) return edges;
        bool isElementwise = Operations.IsElementwise(draft.Operation, draft.Operands.Length);
        Tensor[] values = [.. draft.Operands.Select(operand => operand.IsConstant ? (Tensor)operand.Value : steps[operand.Step].Value)];
        if (isElementwise)
            values = [.. values.Select(value => value.Expand(step.Shape))];
        Tensor seed = isElementwise ? Tensor.Ones(step.Shape, DType.Float64) : step.Gradient;
        Func<Tensor, Tensor[]> pull = Differentiate.Vjp(x => Operations.Apply(draft.Operation, x), values).Pull;
        Tensor[] pulled = pull(seed);
        for (int k = 0; k < draft.Operands.Length; k++)
        {
            if (draft.Operands[k].IsConstant) continue;
            ExplanationStep operand = steps[draft.Operands[k].Step];
            var edge = new ExplanationEdge(operand.Index, step.Index, DerivativeOf(draft, k, step, steps[^1].Name), Rendering.Derivative(step.Name, operand.Name))
            {
                Local = isElementwise ? pulled[k].Detach() : null,
                IsSummed = isElementwise && operand.Shape != step.Shape,
            };
            int place = k;
            edge.Matrix = new(() => !Jacobians.IsSmall(step.Shape, operand.Shape) ? null
                : edge.Local is { } local ? Jacobians.OfElements(local, operand.Shape) : Jacobians.Pulled(pull, place, step.Shape, operand.Shape));
            edge.IsDiagonal = isElementwise && operand.Shape == step.Shape && step.Shape.Rank > 0;
            edge.Product = isElementwise ? Broadcast.SumTo(step.Gradient * edge.Local!, operand.Shape) : pulled[k].Detach();
            edges.Add(edge);
            operand.Receive(edge);
        }
        return edges;
    }

    private Formula DerivativeOf(Draft draft, int operand, ExplanationStep step, string result)
    {
        SymbolTable table = board.Simplified;
        Symbol[] names = Names(draft, table);
        if (!Operations.IsElementwise(draft.Operation, draft.Operands.Length))
        {
            Symbol gradient = table.Variable($"∂{result}/∂{step.Name}", 0);
            Tensor[] values = [.. draft.Operands.Select(one => one.IsConstant ? (Tensor)one.Value : _drafts[one.Step].Value)];
            return Rendering.Of(Operations.Pulled(draft.Operation, operand, names, table.Variable(step.Name, 0), gradient, values))!;
        }
        Symbol formula = Operations.Formula(draft.Operation, names);
        // A formula that simplifies to less than its operand, such as 0·x, has no part left that depends on it.
        return Rendering.Of(Calculus.Derivative(Calculus.Parts(formula), names[operand]))!;
    }

    // Each operand has a place of its own, so that x·x has two derivatives.
    private Symbol[] Names(Draft draft, SymbolTable table) =>
        [.. draft.Operands.Select((operand, k) => operand.IsConstant ? (table == board.Literal ? operand.Literal! : operand.Simplified!) : table.Variable(_drafts[operand.Step].Name, -1 - k))];
}
