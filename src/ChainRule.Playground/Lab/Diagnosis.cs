using System.Globalization;
using ChainRule.Inspect;

namespace ChainRule.Playground.Lab;

/// <summary>What keeps a run from learning, as the library's gradient doctor says it, and the units that are idle now.</summary>
public static class Diagnosis
{
    private const float Saturated = 0.99f;

    // Of the loss of guessing: what the library's doctor takes for learned as well.
    private const double LittleLeft = 0.25;

    public static IReadOnlyList<Finding> Of(Run run)
    {
        IReadOnlyList<Inspect.Finding> found = run.Watcher.Findings;
        List<Finding> findings = [.. found.Select(Shown)];
        // The library says it better, and what has learned has no use for the idle ones.
        if (run.Trainer.Settings.Activation is ActivationKind.Relu or ActivationKind.Tanh or ActivationKind.Sigmoid
            && found.All(finding => finding.Kind is not (FindingKind.NotANumber or FindingKind.DeadUnits or FindingKind.Vanishing))
            && !HasLearned(run))
            AddIdleUnits(run.Trainer, findings);
        return findings;
    }

    private static bool HasLearned(Run run) => run.Accuracy().Trained >= 100 || IsLearning(run);

    // The loss is far below that of guessing, and lower in the latest quarter than in the one before.
    private static bool IsLearning(Run run)
    {
        IReadOnlyList<LossHistory.Span> spans = run.History.Spans;
        int quarter = spans.Count / 4;
        if (quarter == 0) return false;
        double now = spans.TakeLast(quarter).Average(span => span.Mean), before = spans.SkipLast(quarter).TakeLast(quarter).Average(span => span.Mean);
        return now < LittleLeft * Network.LossOfGuessing(run.Trainer.LossKind, run.Points.Classes) && now < before;
    }

    private static Finding Shown(Inspect.Finding finding)
    {
        // Modules are numbered with the activations between them, as in "2.weight".
        string where = int.TryParse(finding.Layer.Split('.')[0], CultureInfo.InvariantCulture, out int module) ? $" in layer {module / 2 + 1}" : "";
        return new($"{char.ToUpperInvariant(finding.Title[0])}{finding.Title[1..]}{where}, since step {finding.SinceStep + 1}", $"{finding.Evidence}. {finding.Cause}", finding.Cure);
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
            ? new($"{which} are dead", "They answer 0 on every training point, so no gradient passes and they cannot learn; the others may be enough.", "If the loss stays where it is, reset with another seed or a smaller learning rate, or use leaky relu.")
            : new($"{which} are saturated", $"On every training point the {kind.ToString().ToLowerInvariant()} is at its end, where its slope is almost 0.", "Use a smaller learning rate, or set their weights nearer to 0.");
    }
}
