using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using ChainRule.Kernels;

namespace ChainRule.Bench;

/// <summary>Billions of bytes a second between memory and the processors: what elementwise work is measured against.</summary>
public sealed unsafe class MemoryBandwidth
{
    // Far beyond any cache.
    private const long Count = 1 << 24;
    private const int Rounds = 12, Parts = 64;

    /// <summary>Reading alone.</summary>
    public double Read { get; }

    /// <summary>Two arrays read and a third written past the caches, the bytes of all three counted.</summary>
    public double Mixed { get; }

    /// <summary>Measures both and prints a line for each.</summary>
    public MemoryBandwidth(BenchmarkClock clock, int threads)
    {
        var team = new WorkerTeam(threads);
        float* a = Array(1), b = Array(2), c = Array(3);
        Read = Rate(clock, $"memory read, threads: {threads}", 2 * Count * sizeof(float), () => team.Run(Parts, new Summing(a, b)));
        Mixed = Rate(clock, $"memory read and write, threads: {threads}", 3 * Count * sizeof(float), () => team.Run(Parts, new Adding(a, b, c)));
        team.Threads = 1;
        foreach (nint array in new[] { (nint)a, (nint)b, (nint)c })
            NativeMemory.AlignedFree((void*)array);
    }

    private static float* Array(float value)
    {
        var array = (float*)NativeMemory.AlignedAlloc((nuint)(Count * sizeof(float)), 64);
        new Span<float>(array, (int)Count).Fill(value);
        return array;
    }

    private static double Rate(BenchmarkClock clock, string name, long bytes, Action work)
    {
        var samples = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            samples[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        System.Array.Sort(samples);
        double rate = bytes / samples[0] / 1e3;
        clock.Print(new JsonObject
        {
            ["name"] = name,
            ["median_us"] = Math.Round(samples[Rounds / 2], 2),
            ["min_us"] = Math.Round(samples[0], 2),
            ["runs"] = Rounds,
            ["gigabytes"] = Math.Round(rate, 1),
        });
        return rate;
    }

    private readonly struct Summing(float* a, float* b) : IWork
    {
        // Several sums, so that additions do not wait for each other.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int part)
        {
            Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
            long first = part * (Count / Parts), last = first + Count / Parts;
            for (long i = first; i < last; i += 16)
            {
                s0 += Vector256.LoadAligned(a + i);
                s1 += Vector256.LoadAligned(a + i + 8);
                s2 += Vector256.LoadAligned(b + i);
                s3 += Vector256.LoadAligned(b + i + 8);
            }
            if (Vector256.Sum(s0 + s1 + s2 + s3) < 0)
                throw new InvalidOperationException("Positive numbers have a positive sum.");
        }
    }

    private readonly struct Adding(float* a, float* b, float* c) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int part)
        {
            long first = part * (Count / Parts), last = first + Count / Parts;
            for (long i = first; i < last; i += 16)
            {
                (Vector256.LoadAligned(a + i) + Vector256.LoadAligned(b + i)).StoreAlignedNonTemporal(c + i);
                (Vector256.LoadAligned(a + i + 8) + Vector256.LoadAligned(b + i + 8)).StoreAlignedNonTemporal(c + i + 8);
            }
        }
    }
}
