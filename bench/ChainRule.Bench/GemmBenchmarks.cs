namespace ChainRule.Bench;

/// <summary>Square products of floats, as a share of the machine's multiply-add peak.</summary>
public static class GemmBenchmarks
{
    /// <summary>Times the products whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock, int threads)
    {
        int[] sizes = [64, 128, 256, 512, 1024, 2048];
        if (!sizes.Any(size => clock.Wants($"gemm {size}")))
            return;
        if (threads > 1)
            FmaPeak.Measure(clock, 1);
        double peak = FmaPeak.Measure(clock, threads);
        foreach (int n in sizes)
            Time(clock, n, peak);
    }

    private static void Time(BenchmarkClock clock, int n, double peak)
    {
        Tensor a = Tensor.Normal([n, n], new RandomKey(1)), b = Tensor.Normal([n, n], new RandomKey(2));
        clock.Time($"gemm {n}", () => a.MatMul(b), (line, median) =>
        {
            double gigaflops = 2.0 * n * n * n / median / 1e3;
            line["gflops"] = Math.Round(gigaflops, 1);
            line["share"] = Math.Round(gigaflops / peak, 3);
        });
    }
}
