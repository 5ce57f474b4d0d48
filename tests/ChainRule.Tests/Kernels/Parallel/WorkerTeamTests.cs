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
    public void The_exception_of_a_worker_reaches_the_caller_as_it_was_thrown()
    {
        var team = new WorkerTeam(2);
        Thread caller = Thread.CurrentThread;
        using var barrier = new Barrier(2);
        var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(2, new Act(_ =>
        {
            // Each of the two has one part.
            Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            if (Thread.CurrentThread != caller)
                ThrowFromWorker();
        })));
        Assert.Contains(nameof(ThrowFromWorker), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1), InlineData(3)]
    public void The_exception_of_a_nested_call_passes_through_both(int threads)
    {
        var team = new WorkerTeam(threads);
        var counts = new int[4 * 3];
        var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(4, new Act(outer => team.Run(3, new Act(inner =>
        {
            Interlocked.Increment(ref counts[outer * 3 + inner]);
            if (outer > 0 && inner == 1)
                throw new InvalidOperationException($"part {outer}");
        })))));
        Assert.Equal("part 1", thrown.Message);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_part_may_give_work_to_another_team()
    {
        WorkerTeam outerTeam = new(3), innerTeam = new(3);
        for (int repeat = 0; repeat < 100; repeat++)
        {
            var counts = new int[6 * 7];
            outerTeam.Run(6, new Act(outer => innerTeam.Run(7, new Act(inner => Interlocked.Increment(ref counts[outer * 7 + inner])))));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Several_teams_work_at_once_on_threads_of_their_own()
    {
        const int Teams = 3, Parts = 6;
        using var together = new Barrier(Teams);
        var counts = new int[Teams * Parts];
        Thread[] callers = [.. Enumerable.Range(0, Teams).Select(own => new Thread(() =>
        {
            var team = new WorkerTeam(2);
            // The first part of each waits for those of the others: no team keeps another from its work.
            team.Run(Parts, new Act(part =>
            {
                if (part == 0)
                    together.SignalAndWait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
                Interlocked.Increment(ref counts[own * Parts + part]);
            }));
        }))];
        foreach (Thread caller in callers)
            caller.Start();
        foreach (Thread caller in callers)
            Assert.True(caller.Join(TimeSpan.FromSeconds(30)));
        Assert.All(counts, count => Assert.Equal(1, count));
        Assert.Equal(1, together.CurrentPhaseNumber);
    }

    [Fact]
    public void The_number_of_threads_may_change_while_others_run_jobs()
    {
        var team = new WorkerTeam(2);
        bool isDone = false;
        var changing = new Thread(() =>
        {
            for (int threads = 1; !Volatile.Read(ref isDone); threads = threads % 7 + 1)
                team.Threads = threads;
        });
        changing.Start();
        try
        {
            for (int repeat = 0; repeat < 2000; repeat++)
            {
                var counts = new int[9];
                team.Run(9, new Count(counts));
                Assert.All(counts, count => Assert.Equal(1, count));
            }
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            changing.Join();
        }
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
    public void Only_jobs_that_the_team_shares_are_counted()
    {
        var team = new WorkerTeam(2);
        team.Run(1, new Act(_ => { }));
        Assert.Equal(0, team.SharedJobs);
        team.Run(2, new Act(_ => team.Run(2, new Act(_ => { }))));
        Assert.Equal(1, team.SharedJobs);
        team.Threads = 1;
        team.Run(5, new Act(_ => { }));
        Assert.Equal(1, team.SharedJobs);
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

    private static void ThrowFromWorker() => throw new InvalidOperationException("from a worker");

    private readonly struct Count(int[] counts) : IWork
    {
        public void Invoke(int part) => Interlocked.Increment(ref counts[part]);
    }

    private readonly struct Act(Action<int> action) : IWork
    {
        public void Invoke(int part) => action(part);
    }
}
