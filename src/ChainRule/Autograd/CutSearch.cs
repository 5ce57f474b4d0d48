namespace ChainRule.Autograd;

/// <summary>Follows parameters forward through all that was computed, to where their gradient was lost.</summary>
internal sealed class CutSearch
{
    private readonly ForwardLog _log;
    private readonly HashSet<Node> _reached;
    private readonly bool[] _isInLoss;

    /// <summary>Prepares for one loss.</summary>
    /// <param name="log">What was computed.</param>
    /// <param name="reached">The nodes that a gradient came to.</param>
    public CutSearch(ForwardLog log, HashSet<Node> reached)
    {
        (_log, _reached) = (log, reached);
        _isInLoss = new bool[log.Steps.Count];
        _isInLoss[^1] = true;
        // Operands are older than results, so one walk back finds everything that the loss was computed from.
        for (int i = _isInLoss.Length - 1; i >= 0; i--)
        {
            if (!_isInLoss[i]) continue;
            foreach (int source in log.Steps[i].Sources)
            {
                if (source >= 0)
                    _isInLoss[source] = true;
            }
        }
    }

    /// <summary>The row of one parameter.</summary>
    public GradientTraceRow Explain(string name, Tensor parameter, int index)
    {
        if (parameter.Record is not Node node)
            return Missed("it does not require a gradient", "Call RequiresGrad() on it before it is used.");
        if (node.Op is { } op)
            return Missed($"it is the result of {op.Name}", "Backward leaves gradients on leaves only: compute its value first, then call RequiresGrad() on the result.");
        if (_reached.Contains(node))
            return new GradientTraceRow(name, parameter.Shape, true, [], "", "");

        (List<GradientCut> cuts, ForwardStep? last) = Follow(_log.Parameters[index], node);
        if (cuts.Count > 0)
            return Missed(cuts.Count == 1 ? $"{cuts[0]}" : $"{cuts[0]}, and {cuts.Count - 1} more", string.Join(" ", cuts.Select(cut => cut.Advice).Distinct()), cuts);
        if (last is null)
            return Missed("nothing was computed from it", "Use it on the way to the loss, or leave it out. If its numbers were read out (Item, ToArray, AsSpan), they cannot be followed: stay with tensors. If the model was converted or its parameters exchanged, take them anew.");
        return Missed(
            $"the loss does not depend on it (last seen in {last.Op!.Name} of {last.Spec.Shape})",
            "What was computed from it did not go into the loss. If it went out of tensors (Item, ToArray, AsSpan) or was written in place (CopyFrom) there, it cannot be followed: stay with tensors.");

        GradientTraceRow Missed(string reason, string advice, IReadOnlyList<GradientCut>? cuts = null) =>
            new(name, parameter.Shape, false, cuts ?? [], reason, advice);
    }

    // All places between a parameter and the loss where its gradient is lost, and the last step that depends on it.
    private (List<GradientCut> Cuts, ForwardStep? Last) Follow(int parameter, Node leaf)
    {
        var cuts = new List<GradientCut>();
        var carriers = new HashSet<Node>(ReferenceEqualityComparer.Instance) { leaf };
        bool[] depends = new bool[_log.Steps.Count], carries = new bool[_log.Steps.Count];
        depends[parameter] = carries[parameter] = true;
        ForwardStep? last = null;
        for (int i = parameter + 1; i < depends.Length; i++)
        {
            ForwardStep step = _log.Steps[i];
            GradientCut? cut = null;
            for (int operand = 0; operand < step.Sources.Length; operand++)
            {
                int source = step.Sources[operand];
                if (source < 0 || !depends[source]) continue;
                depends[i] = true;
                bool isCarried = step.Operands[operand] is { } node && carriers.Contains(node);
                bool isLostBefore = carries[source] && !isCarried;
                if (isLostBefore || (isCarried && step.Node is null))
                    cut ??= Cut(step);
                carries[i] |= isCarried && step.Node is not null;
            }
            if (carries[i])
                carriers.Add(step.Node!);
            if (_isInLoss[i] && cut is not null)
                cuts.Add(cut);
            if (depends[i] && step.Op is not null)
                last = step;
        }
        return (cuts, last);
    }

    private static GradientCut Cut(ForwardStep step)
    {
        GradientCutKind kind = step switch
        {
            { Op: DetachOp } => GradientCutKind.Detach,
            { Op: CastOp } when !step.Spec.DType.IsFloating() => GradientCutKind.Cast,
            { Op.IsDifferentiable: false } => GradientCutKind.ZeroDerivative,
            { IsRecording: false } => GradientCutKind.NoGrad,
            _ => GradientCutKind.Untracked,
        };
        string operation = kind == GradientCutKind.Cast ? $"Cast to {step.Spec.DType.Lower()}" : step.Op?.Name ?? "the loss";
        return new GradientCut(kind, operation, step.Spec.Shape, step.Place);
    }
}
