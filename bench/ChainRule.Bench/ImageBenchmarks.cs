namespace ChainRule.Bench;

/// <summary>A convolutional network.</summary>
public static class ImageBenchmarks
{
    private const int Batch = 64;

    /// <summary>Times the work whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock, Floors floors)
    {
        clock.Time("cnn 32-64 28x28 batch 64 step (Adam) | eager", new ImageNetwork(Batch).Step, Step);
        clock.Time("cnn 32-64 28x28 batch 64 step (Adam) | compiled", new ImageNetwork(Batch).CompiledStep(), Step);
        clock.Time("cnn 32-64 28x28 batch 64 inference", new ImageNetwork(Batch).Inference(), () => floors.OfArithmetic(Arithmetic.Images(Batch)));

        double Step() => floors.OfArithmetic(Arithmetic.ImagesStep(Batch));
    }
}
