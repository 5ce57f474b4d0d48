namespace ChainRule.Playground.Lab;

/// <summary>A run with its curves: what is trained, what it looked like, and its rival with another optimizer.</summary>
public sealed class Run : IDisposable
{
    public Run(Settings settings)
    {
        Points = PointSet.Of(settings);
        Trainer = new(settings, Points, settings.Optimizer, settings.Rate);
        if (settings.Rival is { } rival)
            Rival = new(settings, Points, rival, settings.RivalRate);
        Flow = new(settings.Hidden.Count + 1);
        Watcher = new(Trainer);
    }

    public PointSet Points { get; }

    public Trainer Trainer { get; }

    public Trainer? Rival { get; }

    public LossHistory History { get; } = new();

    public LossHistory RivalHistory { get; } = new();

    public GradientFlow Flow { get; }

    public Watcher Watcher { get; }

    public void Step()
    {
        Watcher.Before();
        Trainer.Step();
        Watcher.After();
        History.Add(Trainer.LastLoss);
        Flow.Add(Trainer);
        if (Rival is null) return;
        Rival.Step();
        RivalHistory.Add(Rival.LastLoss);
    }

    public bool Back()
    {
        long target = Trainer.Steps - 1;
        if (!Trainer.BackTo(target)) return false;
        Rival?.BackTo(target);
        Watcher.Back();
        History.Truncate(target);
        RivalHistory.Truncate(target);
        return true;
    }

    public void Test()
    {
        History.AddTest(Trainer.TestLoss());
        if (Rival is not null)
            RivalHistory.AddTest(Rival.TestLoss());
    }

    /// <summary>How many of a hundred points are told right, of those to train on and of the others.</summary>
    public (double Trained, double Tested) Accuracy()
    {
        using (new NoGrad())
        {
            Tensor output = Trainer.Model.Apply(Points.Inputs(0, Points.All.Count));
            float[] likely = Surface.Probabilities(Trainer, output).ToArray<float>();
            int classes = Points.Classes;
            int[] right = [.. Points.All.Select((point, i) => IsLargest(likely.AsSpan(i * classes, classes), point.Label) ? 1 : 0)];
            int rest = right.Length - Points.Trained;
            return (100.0 * right[..Points.Trained].Sum() / Points.Trained, rest == 0 ? double.NaN : 100.0 * right[Points.Trained..].Sum() / rest);
        }
    }

    public void Dispose()
    {
        Watcher.Dispose();
        Trainer.Dispose();
        Rival?.Dispose();
    }

    private static bool IsLargest(Span<float> values, int place)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (i != place && !(values[i] < values[place])) return false;
        }
        return true;
    }
}
