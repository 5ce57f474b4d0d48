namespace ChainRule.Bench;

/// <summary>Training steps of small networks.</summary>
public static class NetworkBenchmarks
{
    /// <summary>Times the steps whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        clock.Time("xor 2-4-1 step (SGD) | eager", SmallNetworks.XorStep());
        clock.Time("xor 2-4-1 step (SGD) | compiled", SmallNetworks.XorStep(isCompiled: true));
        foreach (int batch in new[] { 32, 128, 1024 })
        {
            clock.Time($"mlp 784-256-128-10 batch {batch} step (Adam) | eager", SmallNetworks.ClassifierStep(batch, [784, 256, 128, 10]));
            clock.Time($"mlp 784-256-128-10 batch {batch} step (Adam) | compiled", SmallNetworks.ClassifierStep(batch, [784, 256, 128, 10], isCompiled: true));
            clock.Time($"mlp 784-256-128-10 batch {batch} inference", SmallNetworks.ClassifierInference(batch, [784, 256, 128, 10]));
        }
    }
}
