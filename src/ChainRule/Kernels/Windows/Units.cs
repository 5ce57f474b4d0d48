namespace ChainRule.Kernels;

/// <summary>Cuts a number of independent units of work between the threads of the team.</summary>
internal static class Units
{
    /// <summary>Below this cost, in multiplications or so, one thread is faster.</summary>
    private const long Alone = 64 * 1024;

    /// <summary>Runs the work on units 0 to <paramref name="count"/> - 1, each of which costs about as much.</summary>
    public static void Run<TWork>(long count, long cost, TWork work) where TWork : struct, IRangeWork
    {
        if (count <= 0) return;
        int threads = WorkerTeam.Shared.Threads;
        // More parts than threads, since the threads do not all start at once or run equally fast.
        long parts = Math.Min(count, 4L * threads);
        if (threads == 1 || (Int128)count * cost <= Alone)
            parts = 1;
        WorkerTeam.Shared.Run((int)parts, new Part<TWork>(work, count, parts));
    }

    private struct Part<TWork>(TWork work, long count, long parts) : IWork where TWork : struct, IRangeWork
    {
        private TWork _work = work;

        public void Invoke(int part)
        {
            long least = count / parts, extra = count % parts;
            long start = part * least + Math.Min(part, extra);
            _work.Invoke(start, start + least + (part < extra ? 1 : 0));
        }
    }
}
