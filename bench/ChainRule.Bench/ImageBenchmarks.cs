namespace ChainRule.Bench;

/// <summary>A convolutional network.</summary>
public static class ImageBenchmarks
{
    /// <summary>Times the work whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        var network = new ImageNetwork(batch: 64);
        clock.Time("cnn 32-64 28x28 batch 64 step (Adam) | eager", network.Step);
        clock.Time("cnn 32-64 28x28 batch 64 inference", () => network.Infer());
    }
}
