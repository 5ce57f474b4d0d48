namespace ChainRule.Bench;

/// <summary>Training steps of small networks.</summary>
public static class NetworkBenchmarks
{
    private static readonly int[] Perceptron = [784, 256, 128, 10];

    /// <summary>Times the steps whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock, Floors floors)
    {
        clock.Time("xor 2-4-1 step (SGD) | eager", SmallNetworks.XorStep());
        clock.Time("xor 2-4-1 step (SGD) | compiled", SmallNetworks.XorStep(isCompiled: true));
        foreach (int batch in new[] { 32, 128, 1024 })
        {
            clock.Time($"mlp 784-256-128-10 batch {batch} step (Adam) | eager", SmallNetworks.ClassifierStep(batch, Perceptron), () => Step(batch));
            clock.Time($"mlp 784-256-128-10 batch {batch} step (Adam) | compiled", SmallNetworks.ClassifierStep(batch, Perceptron, isCompiled: true), () => Step(batch));
            clock.Time($"mlp 784-256-128-10 batch {batch} inference", SmallNetworks.ClassifierInference(batch, Perceptron), () => floors.OfArithmetic(Arithmetic.Perceptron(batch, Perceptron)));
        }

        double Step(int batch) => floors.OfArithmetic(Arithmetic.PerceptronStep(batch, Perceptron));
    }
}
