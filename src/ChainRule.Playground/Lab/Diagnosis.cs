namespace ChainRule.Playground.Lab;

/// <summary>Looks at a run for what commonly goes wrong. A fuller doctor has the same form: a run in, findings out, the worst first.</summary>
public static class Diagnosis
{
    private const float Saturated = 0.99f, Vanished = 1e-3f;

    public static IReadOnlyList<Finding> Of(Trainer trainer, GradientFlow flow)
    {
        if (trainer.Parameters.Any(parameter => parameter.ToArray<float>().Any(value => !float.IsFinite(value))))
            return [new("The weights are not numbers any more", "A step went so far that the numbers overflowed.", "Reset with a smaller learning rate.")];
        var findings = new List<Finding>();
        if (trainer.Settings.Activation is ActivationKind.Relu or ActivationKind.Tanh or ActivationKind.Sigmoid)
            AddIdleUnits(trainer, findings);
        float first = flow.Latest[0], last = flow.Latest[^1];
        if (trainer.Steps > 0 && flow.Layers > 2 && last > 0 && first < last * Vanished)
            findings.Add(new("The gradient vanishes on its way back", $"The first layer's is {last / Math.Max(first, float.Epsilon):0} times smaller than the last layer's.", "Use fewer layers, or relu or tanh instead of sigmoid."));
        return findings;
    }

    private static void AddIdleUnits(Trainer trainer, List<Finding> findings)
    {
        ActivationKind kind = trainer.Settings.Activation;
        using var untracked = new NoGrad();
        Tensor value = trainer.Points.Inputs(0, trainer.Points.Trained);
        for (int i = 0; i + 1 < trainer.Model.Count; i++)
        {
            value = trainer.Model[i].Apply(value);
            if (i % 2 == 0) continue;
            float[] values = value.ToArray<float>();
            int width = (int)value.Shape[1];
            int[] idle = [.. Enumerable.Range(0, width).Where(unit => Enumerable.Range(0, values.Length / width).All(row => IsIdle(kind, values[row * width + unit])))];
            if (idle.Length > 0)
                findings.Add(Idle(kind, i / 2 + 1, idle, width));
        }
    }

    private static bool IsIdle(ActivationKind kind, float value) => kind switch
    {
        ActivationKind.Relu => value <= 0,
        ActivationKind.Tanh => Math.Abs(value) > Saturated,
        _ => Math.Abs(2 * value - 1) > Saturated,
    };

    private static Finding Idle(ActivationKind kind, int layer, int[] units, int width)
    {
        string which = $"Layer {layer}: {units.Length} of {width} units ({string.Join(", ", units.Select(unit => unit + 1))})";
        return kind == ActivationKind.Relu
            ? new($"{which} are dead", "They answer 0 on every training point, so no gradient passes and they cannot learn.", "Reset with another seed or a smaller learning rate, or use leaky relu.")
            : new($"{which} are saturated", $"On every training point the {kind.ToString().ToLowerInvariant()} is at its end, where its slope is almost 0.", "Use a smaller learning rate, or set their weights nearer to 0.");
    }
}
