using System.Diagnostics;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Parallel;

/// <summary>What workers do while there is nothing to do. Threads are watched: no other test starts any meanwhile.</summary>
[Collection<Alone>]
public sealed class IdleTeamTests
{
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
    public void An_idle_team_of_several_uses_no_processor_time()
    {
        const int MostWindows = 20;
        HashSet<int> before = [.. Process.GetCurrentProcess().Threads.Cast<ProcessThread>().Select(thread => thread.Id)];
        var team = new WorkerTeam(4);
        for (int repeat = 0; repeat < 100; repeat++)
            team.Run(8, new Act(_ => { }));
        // A worker looks out for work for some milliseconds, and the runtime may use a thread of its own meanwhile;
        // a team that went on looking would leave no window quiet.
        int windows = 0;
        while (BusyMilliseconds(before) > 30)
            Assert.True(++windows < MostWindows);
        GC.KeepAlive(team);
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

    // Of the threads that are new since then, in a window of 300 ms.
    private static double BusyMilliseconds(HashSet<int> before)
    {
        double start = Used(before);
        Thread.Sleep(300);
        return Used(before) - start;
    }

    private static double Used(HashSet<int> before)
    {
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Cast<ProcessThread>().Where(thread => !before.Contains(thread.Id)).Sum(Milliseconds);
    }

    private static double Milliseconds(ProcessThread thread)
    {
        try
        {
            return thread.TotalProcessorTime.TotalMilliseconds;
        }
        catch (InvalidOperationException)
        {
            return 0; // it has ended meanwhile
        }
    }

    private readonly struct Act(Action<int> action) : IWork
    {
        public void Invoke(int part) => action(part);
    }
}
