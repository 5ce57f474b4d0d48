namespace ChainRule.Kernels;

/// <summary>Work on elements that can be cut anywhere between tiles.</summary>
internal interface IRangeWork
{
    /// <summary>Does elements <paramref name="start"/> to <paramref name="end"/> - 1.</summary>
    void Invoke(long start, long end);
}

/// <summary>Cuts a range of elements between the threads of the team.</summary>
internal static class Ranges
{
    /// <summary>Elements in a tile: a few tiles fit into the first cache.</summary>
    public const int Tile = 1024;

    /// <summary>Below this many elements one thread is faster.</summary>
    public const long Alone = 32 * Tile;

    /// <summary>Runs the work on 0 to <paramref name="count"/> - 1, in ranges of whole tiles.</summary>
    public static void Run<TWork>(long count, TWork work) where TWork : struct, IRangeWork
    {
        int threads = WorkerTeam.Shared.Threads;
        if (count <= Alone || threads == 1)
        {
            work.Invoke(0, count);
            return;
        }
        // More ranges than threads, since the threads do not all start at once or run equally fast.
        long least = count / (4 * threads);
        long length = Math.Max((least + Tile - 1) / Tile * Tile, Alone / 2);
        int parts = (int)((count + length - 1) / length);
        WorkerTeam.Shared.Run(parts, new Part<TWork>(work, length, count));
    }

    private struct Part<TWork>(TWork work, long length, long count) : IWork where TWork : struct, IRangeWork
    {
        private TWork _work = work;

        public void Invoke(int part) => _work.Invoke(part * length, Math.Min((part + 1) * length, count));
    }
}
