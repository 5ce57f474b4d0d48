using System.Diagnostics;
using System.Text.Json.Nodes;
using ChainRule.Kernels;

namespace ChainRule.Bench;

/// <summary>What it costs to give a team of threads a job and to wait for its end.</summary>
public static class ForkJoin
{
    private const int Warm = 20_000, Count = 200_000;

    /// <summary>Prints the time of an empty job, in nanoseconds, if it is asked for: the median and what one in a hundred exceeds.</summary>
    public static void Run(BenchmarkClock clock, int threads)
    {
        string name = $"fork and join, threads: {threads}";
        if (!clock.Wants(name))
            return;
        WorkerTeam team = WorkerTeam.Shared;
        var samples = new double[Count];
        for (int i = -Warm; i < Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(threads, default(Nothing));
            if (i >= 0)
                samples[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }
        Array.Sort(samples);
        clock.Print(new JsonObject
        {
            ["name"] = name,
            ["median_us"] = Math.Round(samples[Count / 2] / 1e3, 3),
            ["min_us"] = Math.Round(samples[0] / 1e3, 3),
            ["runs"] = Count,
            ["median_ns"] = Math.Round(samples[Count / 2]),
            ["p99_ns"] = Math.Round(samples[Count / 100 * 99]),
        });
    }

    private readonly struct Nothing : IWork
    {
        public void Invoke(int part)
        {
        }
    }
}
