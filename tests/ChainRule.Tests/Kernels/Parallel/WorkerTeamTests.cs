using System.Diagnostics;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Parallel;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Every_part_runs_exactly_once(int threads)
    {
        var team = new WorkerTeam(threads);
        foreach (int parts in new[] { 0, 1, 2, 3, 7, 64, 1000 })
        {
            for (int repeat = 0; repeat < 20; repeat++)
            {
                var counts = new int[parts];
                team.Run(parts, new Count(counts));
                Assert.All(counts, count => Assert.Equal(1, count));
            }
        }
    }

    [Fact]
    public void Workers_and_the_caller_share_the_parts()
    {
        // Each part waits until all three have begun, which only three threads at once can bring about.
        using var barrier = new Barrier(3);
        var team = new WorkerTeam(3);
        team.Run(3, new Act(_ => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))));
    }

    [Fact]
    public void A_nested_call_runs_inline_on_the_same_thread()
    {
        var team = new WorkerTeam(4);
        var counts = new int[8 * 5];
        team.Run(8, new Act(outer =>
        {
            int thread = Environment.CurrentManagedThreadId;
            team.Run(5, new Act(inner =>
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                Interlocked.Increment(ref counts[outer * 5 + inner]);
            }));
        }));
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Concurrent_callers_each_get_their_own_parts_done()
    {
        var team = new WorkerTeam(3);
        var callers = new Thread[4];
        var failures = new List<string>();
        for (int caller = 0; caller < callers.Length; caller++)
        {
            callers[caller] = new Thread(() =>
            {
                for (int repeat = 0; repeat < 500; repeat++)
                {
                    var counts = new int[5];
                    team.Run(5, new Count(counts));
                    if (counts.Any(count => count != 1))
                    {
                        lock (failures)
                            failures.Add(string.Join(',', counts));
                    }
                }
            });
            callers[caller].Start();
        }
        foreach (Thread caller in callers)
            caller.Join();
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4)]
    public void The_exception_of_the_lowest_part_is_thrown_after_all_parts_ended(int threads)
    {
        var team = new WorkerTeam(threads);
        var counts = new int[20];
        var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(20, new Act(part =>
        {
            Interlocked.Increment(ref counts[part]);
            if (part is 3 or 11 or 19)
                throw new InvalidOperationException($"part {part}");
        })));
        Assert.Equal("part 3", thrown.Message);
        Assert.All(counts, count => Assert.Equal(1, count));

        // The team is as good as new.
        team.Run(20, new Count(counts));
        Assert.All(counts, count => Assert.Equal(2, count));
    }

    [Fact]
    public void The_number_of_threads_may_change_between_and_during_calls()
    {
        var team = new WorkerTeam(1);
        foreach (int threads in new[] { 3, 1, 8, 2, 256, 2, 5 })
        {
            team.Threads = threads;
            Assert.Equal(threads, team.Threads);
            var counts = new int[50];
            team.Run(50, new Act(part =>
            {
                if (part == 10)
                    team.Threads = threads == 3 ? 6 : 3;
                Interlocked.Increment(ref counts[part]);
            }));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(257)]
    public void A_number_of_threads_out_of_range_is_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(threads));

    [Fact]
    public void Workers_beyond_the_number_of_threads_leave()
    {
        var team = new WorkerTeam(6);
        var seen = new HashSet<Thread>();
        using (var barrier = new Barrier(6))
        {
            team.Run(6, new Act(_ =>
            {
                lock (seen)
                    seen.Add(Thread.CurrentThread);
                Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            }));
        }
        seen.Remove(Thread.CurrentThread);
        Assert.Equal(5, seen.Count);
        team.Threads = 1;
        Assert.All(seen, worker => Assert.True(worker.Join(TimeSpan.FromSeconds(20))));
    }

    [Fact]
    public void An_idle_team_uses_no_processor_time()
    {
        var worker = default(Thread);
        var team = new WorkerTeam(2);
        using (var barrier = new Barrier(2))
        {
            team.Run(2, new Act(_ =>
            {
                if (Thread.CurrentThread.IsBackground && Thread.CurrentThread.Name?.StartsWith("ChainRule", StringComparison.Ordinal) == true)
                    worker = Thread.CurrentThread;
                Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            }));
        }
        Assert.NotNull(worker);
        // Parked means: the thread waits. It has 50 ms to get there, and is given far more on a busy machine.
        var watch = Stopwatch.StartNew();
        while (!worker.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin) && watch.Elapsed.TotalSeconds < 20)
            Thread.Sleep(10);
        Assert.True(worker.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));
    }

    [Fact]
    public void A_parked_team_wakes_for_the_next_job()
    {
        var team = new WorkerTeam(3);
        for (int repeat = 0; repeat < 5; repeat++)
        {
            using var barrier = new Barrier(3);
            team.Run(3, new Act(_ => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))));
            Thread.Sleep(5);
        }
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        var team = new WorkerTeam(2);
        var counts = new int[4];
        for (int i = 0; i < 100; i++)
            team.Run(4, new Count(counts));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            team.Run(4, new Count(counts));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private readonly struct Count(int[] counts) : IWork
    {
        public void Invoke(int part) => Interlocked.Increment(ref counts[part]);
    }

    private readonly struct Act(Action<int> action) : IWork
    {
        public void Invoke(int part) => action(part);
    }
}
