namespace ChainRule.Memory;

/// <summary>
/// While it is open on a thread, tensors that would take blocks of the pool take none: who asked for how much, and what of it was
/// reachable at the worst moment, is written down instead. Operations on such tensors are not computed.
/// </summary>
/// <remarks>
/// What is reachable only the garbage collector knows, so it is asked: each time that as much may be alive as never before.
/// </remarks>
internal sealed class StorageLedger : IDisposable
{
    /// <summary>A new peak counts once it is higher by this part of the last.</summary>
    private const int Steps = 256;

    /// <summary>So far back the entry of a storage is looked for.</summary>
    private const int Recent = 16;

    [ThreadStatic]
    private static StorageLedger? _current;
    private static int _open;

    private readonly StorageLedger? _outer;
    private readonly List<LedgerEntry> _entries = [];
    private StandInMemory _standIn = new(1 << 20);
    private long _alive;

    /// <summary>Opens a ledger on this thread.</summary>
    public StorageLedger()
    {
        Interlocked.Increment(ref _open);
        (_outer, _current) = (_current, this);
    }

    /// <summary>The ledger of this thread; null if tensors take memory.</summary>
    public static StorageLedger? Current => _open == 0 ? null : _current;

    /// <summary>Who takes what is entered from now on.</summary>
    public object? Owner { get; set; }

    /// <summary>What is going on, as a number of the user's own.</summary>
    public int Phase { get; set; }

    /// <summary>The most bytes that were reachable at once, in sizes of the pool's blocks.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>The phase of that moment.</summary>
    public int PeakPhase { get; private set; }

    /// <summary>What was reachable then.</summary>
    public IReadOnlyList<LedgerEntry> AtPeak { get; private set; } = [];

    /// <summary>What storage of so many bytes takes: a block is rounded up to its size class.</summary>
    public static long Taken(long byteCount) => byteCount <= Storage.LargestPlainSize ? byteCount : BlockPool.ClassOf(byteCount).Size;

    /// <summary>A block that stands in for memory.</summary>
    public Block Stand(long byteCount)
    {
        if (byteCount > _standIn.ByteCount)
            _standIn = new StandInMemory(Math.Max(byteCount, 2 * _standIn.ByteCount));
        return Block.Window(_standIn.Address, byteCount, _standIn);
    }

    /// <summary>Writes down that storage was taken.</summary>
    public void Enter(Storage storage)
    {
        var entry = new LedgerEntry(storage, Taken(storage.ByteCount), Phase) { Owner = Owner };
        _entries.Add(entry);
        _alive += entry.Bytes;
        if (_alive > PeakBytes + PeakBytes / Steps)
            Settle();
    }

    /// <summary>Says whose the storage is that was taken just now.</summary>
    public void Assign(Storage storage, object owner)
    {
        for (int i = _entries.Count - 1; i >= Math.Max(0, _entries.Count - Recent); i--)
        {
            if (!_entries[i].IsOf(storage)) continue;
            _entries[i].Owner = owner;
            return;
        }
    }

    /// <summary>Finds out what is still reachable, and whether it has never been as much.</summary>
    public void Settle()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        int kept = 0;
        _alive = 0;
        for (int i = 0; i < _entries.Count; i++)
        {
            if (!_entries[i].IsReachable) continue;
            _alive += _entries[i].Bytes;
            _entries[kept++] = _entries[i];
        }
        _entries.RemoveRange(kept, _entries.Count - kept);
        if (_alive <= PeakBytes) return;
        (PeakBytes, PeakPhase) = (_alive, Phase);
        AtPeak = [.. _entries];
    }

    /// <summary>Closes the ledger: tensors take memory again.</summary>
    public void Dispose()
    {
        _current = _outer;
        Interlocked.Decrement(ref _open);
    }
}
