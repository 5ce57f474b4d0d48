namespace ChainRule.Memory;

/// <summary>Storage that a <see cref="StorageLedger"/> has seen.</summary>
/// <param name="storage">The storage, which the entry does not keep alive.</param>
/// <param name="bytes">What it takes.</param>
/// <param name="phase">What was going on when it was taken.</param>
internal sealed class LedgerEntry(Storage storage, long bytes, int phase)
{
    private readonly WeakReference<Storage> _storage = new(storage);

    /// <summary>What it takes, in bytes.</summary>
    public long Bytes => bytes;

    /// <summary>What was going on when it was taken.</summary>
    public int Phase => phase;

    /// <summary>Who took it.</summary>
    public object? Owner { get; set; }

    /// <summary>Whether anything still refers to the storage.</summary>
    public bool IsReachable => _storage.TryGetTarget(out _);

    /// <summary>Whether it is the entry of this storage.</summary>
    public bool IsOf(Storage other) => _storage.TryGetTarget(out Storage? own) && ReferenceEquals(own, other);
}
