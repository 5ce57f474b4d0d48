using System.Diagnostics;
using System.Text.Json.Nodes;
using ChainRule.Kernels;

namespace ChainRule.Bench;

/// <summary>What it costs to give a team of threads a job and to wait for its end.</summary>
public static class ForkJoin
{
    private const int Warm = 2_000, Count = 100_000;

    /// <summary>Prints two times in nanoseconds, if they are asked for, each as the median and what one in a hundred exceeds.</summary>
    /// <remarks>Of an empty job the caller may do all parts before anyone else has seen it; where each thread waits for all others, a job was really shared.</remarks>
    public static void Run(BenchmarkClock clock, int threads)
    {
        Run(clock, $"fork and join of nothing, threads: {threads}", threads, default(Nothing));
        if (threads > 1 && threads <= Environment.ProcessorCount)
            Run(clock, $"fork, meet and join, threads: {threads}", threads, new Meeting(new Counter(), threads));
    }

    private static void Run<TWork>(BenchmarkClock clock, string name, int threads, TWork work) where TWork : struct, IWork
    {
        if (!clock.Wants(name))
            return;
        WorkerTeam team = WorkerTeam.Shared;
        var samples = new double[Count];
        for (int i = -Warm; i < Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(threads, work);
            if (i >= 0)
                samples[i] = (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency);
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

    private sealed class Counter
    {
        public int Arrived;
    }

    /// <summary>No part ends before all have begun.</summary>
    private readonly struct Meeting(Counter counter, int threads) : IWork
    {
        public void Invoke(int part)
        {
            int arrived = Interlocked.Increment(ref counter.Arrived);
            // The threads of one job arrive together: the end of this job's round of the count.
            int all = (arrived + threads - 1) / threads * threads;
            var wait = new SpinWait();
            while (Volatile.Read(ref counter.Arrived) < all)
            {
                // A worker that lost its processor must get it.
                if (wait.NextSpinWillYield)
                    wait.SpinOnce();
                else
                    Thread.SpinWait(1);
            }
        }
    }

    private readonly struct Nothing : IWork
    {
        public void Invoke(int part)
        {
        }
    }
}
