namespace ChainRule.Explain.Working;

/// <summary>The ways from an input to the result.</summary>
internal static class Ways
{
    /// <summary>How many there are from the result to each step.</summary>
    public static double[] Counts(IReadOnlyList<ExplanationStep> steps)
    {
        var counts = new double[steps.Count];
        counts[^1] = 1;
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            foreach (ExplanationEdge edge in steps[i].Operands)
                counts[edge.Operand] += counts[i];
        }
        return counts;
    }

    /// <summary>The first ones, in the order of the backward pass; none where a step is so large that its local derivative is not written out.</summary>
    public static List<ExplanationPath> To(int input, IReadOnlyList<ExplanationStep> steps, int most)
    {
        var paths = new List<ExplanationPath>();
        if (steps.Any(step => step.Operands.Any(edge => !Jacobians.IsSmall(step.Shape, steps[edge.Operand].Shape)))) return paths;
        bool[] leads = Leading(input, steps);
        var stack = new Stack<(int Step, Trail? Trail)>([(steps.Count - 1, null)]);
        while (paths.Count < most && stack.TryPop(out (int Step, Trail? Trail) here))
        {
            if (here.Step == input)
                paths.Add(PathOf(here.Trail, steps[input].Shape));
            foreach (ExplanationEdge edge in steps[here.Step].Operands.Where(edge => leads[edge.Operand]).Reverse())
                stack.Push((edge.Operand, new Trail(edge, here.Trail)));
        }
        return paths;
    }

    private static bool[] Leading(int input, IReadOnlyList<ExplanationStep> steps)
    {
        var leads = new bool[steps.Count];
        leads[input] = true;
        for (int i = input + 1; i < steps.Count; i++)
            leads[i] = steps[i].Operands.Any(edge => leads[edge.Operand]);
        return leads;
    }

    private static ExplanationPath PathOf(Trail? trail, Shape input)
    {
        var edges = new List<ExplanationEdge>();
        for (; trail is not null; trail = trail.Before)
            edges.Add(trail.Edge);
        edges.Reverse();
        var rows = new List<Tensor>();
        Tensor row = Tensor.From<double>([1], [1, 1]);
        foreach (ExplanationEdge edge in edges)
            rows.Add(row = Jacobians.Times(row, edge.Jacobian!));
        return new ExplanationPath(edges, rows, row.Reshape(input));
    }

    private sealed record Trail(ExplanationEdge Edge, Trail? Before);
}
