namespace ChainRule.Bench;

/// <summary>Square products of floats, beside the machine's multiply-add peak.</summary>
public static class GemmBenchmarks
{
    private static readonly int[] Sizes = [64, 128, 256, 512, 1024, 2048];

    /// <summary>Times the products whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock, Floors floors, int threads)
    {
        if (!Sizes.Any(size => clock.Wants($"gemm {size}")))
            return;
        if (threads > 1)
            FmaPeak.Measure(clock, 1);
        foreach (int n in Sizes)
            Time(clock, n, floors);
    }

    private static void Time(BenchmarkClock clock, int n, Floors floors)
    {
        Tensor a = Tensor.Normal([n, n], new RandomKey(1)), b = Tensor.Normal([n, n], new RandomKey(2));
        double operations = Arithmetic.Product(n, n, n);
        clock.Time($"gemm {n}", () => a.MatMul(b), () => floors.OfArithmetic(operations), (line, median) => line["gflops"] = Math.Round(operations / median / 1e3, 1));
    }
}
