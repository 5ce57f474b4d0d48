namespace ChainRule.Bench;

/// <summary>A convolutional network.</summary>
public static class ImageBenchmarks
{
    /// <summary>Times the work whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        clock.Time("cnn 32-64 28x28 batch 64 step (Adam) | eager", new ImageNetwork(batch: 64).Step);
        clock.Time("cnn 32-64 28x28 batch 64 step (Adam) | compiled", new ImageNetwork(batch: 64).CompiledStep());
        clock.Time("cnn 32-64 28x28 batch 64 inference", new ImageNetwork(batch: 64).Inference());
    }
}
