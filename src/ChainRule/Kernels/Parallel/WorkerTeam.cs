using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ChainRule.Kernels;

/// <summary>A persistent team of threads that shares the parts of one job at a time; the caller is one of the team.</summary>
/// <remarks>
/// A call from inside a part, or while another thread's job is running, does its parts inline: the team never queues and never deadlocks.
/// Every part runs even if one throws; then the exception of the lowest part is thrown again. A call allocates nothing.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without a wait handle holds nothing to dispose; a team lives as long as the process.")]
internal sealed unsafe class WorkerTeam
{
    public const int MaxThreads = 256;

    // Waking a parked thread costs 25 us at best; in a virtual machine its halted processor counts as taken, and it may queue behind
    // the caller for milliseconds. So a worker looks out 5 ms for the next job; the caller waits less, for a worker may need its processor.
    private static readonly long WorkerPatience = Stopwatch.Frequency / 200;
    private static readonly long CallerPatience = Stopwatch.Frequency / 5000;

    private readonly Lock _roster = new();
    private readonly bool[] _hired = new bool[MaxThreads];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _finished = new(0);
    private volatile int _threads;
    private volatile int _ready = 1;
    private Counters _counters;

    // The job. Written only while no part is left, read only by a thread that holds a part.
    private delegate*<void*, int, void> _invoke;
    private void* _work;
    private int _parts;
    private ExceptionDispatchInfo? _failure;
    private int _failedPart;

    public WorkerTeam(int threads) => Threads = threads;

    /// <summary>The team of the engine.</summary>
    public static WorkerTeam Shared { get; } = new(Math.Min(Environment.ProcessorCount, MaxThreads));

    /// <summary>Threads that work on a job, the caller's among them: 1 to 256, at first the number of processors.</summary>
    public int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreads);
            lock (_roster)
            {
                _threads = value;
                _ready = Math.Min(_ready, value);
            }
            // Surplus workers that sleep must wake to leave.
            Interlocked.MemoryBarrier();
            Wake(MaxThreads);
        }
    }

    /// <summary>How many jobs the whole team has shared; one that its caller did alone does not count.</summary>
    public long SharedJobs { get; private set; }

    /// <summary>Runs parts 0 to <paramref name="parts"/> - 1 of the work, each once, and returns when all have ended.</summary>
    public void Run<TWork>(int parts, TWork work) where TWork : struct, IWork
    {
        if (parts == 1)
        {
            work.Invoke(0);
            return;
        }
        bool alone = _threads == 1 || Volatile.Read(ref _counters.Busy) != 0 || Interlocked.Exchange(ref _counters.Busy, 1) != 0;
        if (alone)
        {
            RunInline(parts, ref work);
            return;
        }
        try
        {
            // The struct lives in this frame, which outlasts the job, so a plain pointer to it is safe.
            Share(parts, &Call<TWork>, Unsafe.AsPointer(ref work));
        }
        finally
        {
            Volatile.Write(ref _counters.Busy, 0);
        }
    }

    private static void Call<TWork>(void* work, int part) where TWork : struct, IWork => Unsafe.AsRef<TWork>(work).Invoke(part);

    private static void RunInline<TWork>(int parts, ref TWork work) where TWork : struct, IWork
    {
        ExceptionDispatchInfo? failure = null;
        for (int part = 0; part < parts; part++)
        {
            try
            {
                work.Invoke(part);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }
        failure?.Throw();
    }

    private void Share(int parts, delegate*<void*, int, void> invoke, void* work)
    {
        int threads = _threads;
        if (_ready < threads)
            Hire();
        _invoke = invoke;
        _work = work;
        _parts = parts;
        _failure = null;
        SharedJobs++;
        _counters.Unfinished = parts;
        // Publishes the job; the full fence also orders it before the look at who is asleep.
        Interlocked.Exchange(ref _counters.Unclaimed, parts);
        int awake = threads - 1 - Volatile.Read(ref _counters.Asleep);
        Wake(Math.Min(parts, threads) - 1 - awake);
        Help();
        if (Volatile.Read(ref _counters.Unfinished) != 0)
            AwaitOthers();
        _failure?.Throw();
    }

    /// <summary>Takes parts and does them until none is left.</summary>
    private void Help()
    {
        // A worker that comes late may take a part of the next job instead: it reads the job after it got the part.
        int rest;
        while (Volatile.Read(ref _counters.Unclaimed) > 0 && (rest = Interlocked.Decrement(ref _counters.Unclaimed)) >= 0)
        {
            int part = _parts - 1 - rest;
            try
            {
                _invoke(_work, part);
            }
            catch (Exception exception)
            {
                Keep(ExceptionDispatchInfo.Capture(exception), part);
            }
            if (Interlocked.Decrement(ref _counters.Unfinished) == 0 && Interlocked.Exchange(ref _counters.CallerAsleep, 0) == 1)
                _finished.Release();
        }
    }

    private void Keep(ExceptionDispatchInfo failure, int part)
    {
        lock (_roster)
        {
            if (_failure is null || part < _failedPart)
                (_failure, _failedPart) = (failure, part);
        }
    }

    private void AwaitOthers()
    {
        var spin = new Spin(IsCrowded ? 0 : CallerPatience);
        while (Volatile.Read(ref _counters.Unfinished) != 0)
        {
            if (spin.Once())
                continue;
            Interlocked.Exchange(ref _counters.CallerAsleep, 1);
            // Whoever sets the flag back to 0 decides: this thread goes on, or a worker has sent or will send the token.
            if (Volatile.Read(ref _counters.Unfinished) != 0 || Interlocked.Exchange(ref _counters.CallerAsleep, 0) == 0)
                _finished.Wait();
        }
    }

    /// <summary>More threads than processors: a spinning thread would keep a working one from its processor.</summary>
    private bool IsCrowded => _threads > Environment.ProcessorCount;

    private void Hire()
    {
        lock (_roster)
        {
            for (int index = 1; index < _threads; index++)
            {
                if (_hired[index])
                    continue;
                int own = index;
                var thread = new Thread(() => Serve(own)) { IsBackground = true, Name = $"ChainRule worker {own}" };
                // Without the caller's execution context: a worker outlives whoever happened to start it.
                thread.UnsafeStart();
                _hired[index] = true;
            }
            _ready = _threads;
        }
    }

    private void Serve(int index)
    {
        while (index < _threads || !Leave(index))
        {
            AwaitWork(index);
            if (index < _threads)
                Help();
        }
    }

    private bool Leave(int index)
    {
        lock (_roster)
        {
            if (index < _threads)
                return false;
            _hired[index] = false;
            return true;
        }
    }

    private void AwaitWork(int index)
    {
        var spin = new Spin(IsCrowded ? 0 : WorkerPatience);
        while (!IsWanted(index))
        {
            if (spin.Once())
                continue;
            Interlocked.Increment(ref _counters.Asleep);
            if (!IsWanted(index) || Rouse(1) == 0)
                _wake.Wait();
            return;
        }
    }

    /// <summary>There is a part to take, or the team has become too small for this worker.</summary>
    private bool IsWanted(int index) => Volatile.Read(ref _counters.Unclaimed) > 0 || index >= _threads;

    private void Wake(int count)
    {
        if (count > 0 && Volatile.Read(ref _counters.Asleep) > 0 && Rouse(count) is > 0 and int roused)
            _wake.Release(roused);
    }

    /// <summary>Strikes up to so many sleepers off the list; each struck off gets exactly one token, or is the caller itself.</summary>
    private int Rouse(int count)
    {
        while (true)
        {
            int asleep = Volatile.Read(ref _counters.Asleep);
            int roused = Math.Min(count, asleep);
            if (roused <= 0 || Interlocked.CompareExchange(ref _counters.Asleep, asleep - roused, asleep) == asleep)
                return roused;
        }
    }

    /// <summary>Waits a moment at a time until its patience is at an end.</summary>
    private struct Spin(long patience)
    {
        private int _turns;
        private long _end;

        public bool Once()
        {
            if ((++_turns & 63) == 0)
            {
                long now = Stopwatch.GetTimestamp();
                if (_end == 0)
                    _end = now + patience;
                else if (now > _end)
                    return false;
                // The thread that is waited for may be queued behind this one.
                Thread.Yield();
            }
            Thread.SpinWait(1);
            return patience > 0;
        }
    }

    /// <summary>What several threads write, each on cache lines of its own (two of 64 bytes, since they are fetched in pairs).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 768)]
    private struct Counters
    {
        [FieldOffset(128)] public int Unclaimed;
        [FieldOffset(256)] public int Unfinished;
        [FieldOffset(384)] public int Busy;
        [FieldOffset(512)] public int Asleep;
        [FieldOffset(640)] public int CallerAsleep;
    }
}
