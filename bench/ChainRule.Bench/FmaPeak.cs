using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using ChainRule.Kernels;

namespace ChainRule.Bench;

/// <summary>The machine's most float multiply-adds a second, in registers alone: what a matrix product is measured against.</summary>
public static class FmaPeak
{
    private const int Turns = 500_000;
    private const int Chains = 12;

    /// <summary>Billions of floating-point operations a second of so many threads at once; printed as a line of its own.</summary>
    public static double Measure(BenchmarkClock clock, int threads)
    {
        var team = new WorkerTeam(threads);
        var samples = new double[50];
        for (int round = 0; round < samples.Length; round++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(threads, default(Burn));
            samples[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        team.Threads = 1;
        Array.Sort(samples);
        int lanes = Avx512F.IsSupported ? Single512.Count : Avx2.IsSupported ? Single256.Count : Single128.Count;
        double gigaflops = 2.0 * Turns * Chains * lanes * threads / samples[0] / 1e3;
        clock.Print(new JsonObject
        {
            ["name"] = $"fma peak, threads: {threads}",
            ["median_us"] = Math.Round(samples[samples.Length / 2], 2),
            ["min_us"] = Math.Round(samples[0], 2),
            ["runs"] = samples.Length,
            ["gflops"] = Math.Round(gigaflops, 1),
        });
        return gigaflops;
    }

    // Enough independent chains to hide the latency of the multiply-add, few enough for 16 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Run<V>() where V : struct, IVectorLane<V, float>
    {
        V x = V.Broadcast(0.999f), y = V.Broadcast(0.001f);
        V c0 = x, c1 = y, c2 = x, c3 = y, c4 = x, c5 = y, c6 = x, c7 = y, c8 = x, c9 = y, c10 = x, c11 = y;
        for (int turn = 0; turn < Turns; turn++)
        {
            c0 = V.Fma(c0, x, y);
            c1 = V.Fma(c1, x, y);
            c2 = V.Fma(c2, x, y);
            c3 = V.Fma(c3, x, y);
            c4 = V.Fma(c4, x, y);
            c5 = V.Fma(c5, x, y);
            c6 = V.Fma(c6, x, y);
            c7 = V.Fma(c7, x, y);
            c8 = V.Fma(c8, x, y);
            c9 = V.Fma(c9, x, y);
            c10 = V.Fma(c10, x, y);
            c11 = V.Fma(c11, x, y);
        }
        float* sums = stackalloc float[V.Count];
        V.Store(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11, sums);
        return sums[0];
    }

    private readonly struct Burn : IWork
    {
        public void Invoke(int part) =>
            _ = Avx512F.IsSupported ? Run<Single512>() : Avx2.IsSupported ? Run<Single256>() : Run<Single128>();
    }
}
