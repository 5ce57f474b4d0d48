using System.Numerics;

namespace ChainRule.Memory;

/// <summary>
/// Blocks by size class, reused without <c>Dispose</c> and without finalizers: the pool holds a weak handle to each
/// block's borrower and takes the block back once the borrower is gone. See docs/decisions/0005-memory-without-dispose.md.
/// </summary>
internal sealed class BlockPool
{
    /// <summary>A block is at least one cache line.</summary>
    private const long SmallestSize = 64;

    /// <summary>Less than this much lent since the last look is not worth a collection.</summary>
    private const long SmallestLook = 32L << 20;

    /// <summary>A free block that no one asked for during this many looks is dropped.</summary>
    private const int IdleLooks = 8;

    private readonly long _limit;
    private readonly Lock _lock = new();
    private readonly List<List<Block>> _free = [];
    private readonly List<Block> _lent = [];
    private long _lentSinceLook;
    private long _liveBytes;
    private int _looks;
    private int _collectionsSeen;

    /// <summary>Makes a pool that holds at most so many bytes, and never more than this process may use.</summary>
    public BlockPool(long limit = long.MaxValue) => _limit = limit;

    public static BlockPool Shared { get; } = new();

    /// <summary>Bytes of all blocks, lent and free.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Lends a block of at least <paramref name="byteCount"/> bytes for as long as the borrower can be reached.</summary>
    /// <exception cref="InsufficientMemoryException">There is not as much memory.</exception>
    public Block Lend(object borrower, long byteCount)
    {
        (int sizeClass, long size) = ClassOf(byteCount);
        lock (_lock)
        {
            while (_free.Count <= sizeClass)
                _free.Add([]);
            Block block = TryTake(sizeClass) ?? AfterSweep(sizeClass) ?? AfterLook(sizeClass) ?? Create(size, sizeClass);
            block.Borrower = borrower;
            block.LastUse = _looks;
            block.Place = _lent.Count;
            _lent.Add(block);
            _lentSinceLook += size;
            return block;
        }
    }

    /// <summary>Takes a block back from a borrower that promises not to use it again.</summary>
    public void TakeBack(Block block, object borrower)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(block.Borrower, borrower))
                return;
            block.Borrower = null;
            PutAway(block);
        }
    }

    /// <summary>Bytes of the blocks whose borrowers can be reached, after a full garbage collection.</summary>
    public long ReachableBytes()
    {
        lock (_lock)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            Sweep();
            return LentBytes();
        }
    }

    /// <summary>The class of a request and its size: powers of two in quarters, so at most a quarter is added.</summary>
    internal static (int SizeClass, long Size) ClassOf(long byteCount)
    {
        ulong bytes = (ulong)Math.Max(byteCount, SmallestSize);
        int power = BitOperations.Log2(bytes - 1);
        ulong step = 1ul << (power - 2);
        ulong steps = (bytes + step - 1) / step; // 5 to 8 quarters of 2^power
        return (power * 4 + (int)steps - 5, (long)Math.Min(steps * step, long.MaxValue));
    }

    private Block? TryTake(int sizeClass)
    {
        List<Block> free = _free[sizeClass];
        if (free.Count == 0)
            return null;
        Block block = free[^1];
        free.RemoveAt(free.Count - 1);
        return block;
    }

    // A garbage collection that happened anyway may have freed borrowers: looking costs little.
    private Block? AfterSweep(int sizeClass)
    {
        if (GC.CollectionCount(0) == _collectionsSeen)
            return null;
        Sweep();
        return TryTake(sizeClass);
    }

    private Block? AfterLook(int sizeClass)
    {
        if (_lentSinceLook <= Math.Max(SmallestLook, _liveBytes))
            return null;
        long lent = LentBytes();
        // Generation 1 too: it holds what was still in use at the last look.
        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        Sweep();
        if (LentBytes() > lent / 2)
        {
            // What has been promoted further needs the full collection; the managed heap is small.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            Sweep();
        }
        _liveBytes = LentBytes();
        _lentSinceLook = 0;
        _looks++;
        DropFree(IdleLooks);
        return TryTake(sizeClass);
    }

    private void Sweep()
    {
        for (int i = _lent.Count - 1; i >= 0; i--)
        {
            if (_lent[i].Borrower is null)
                PutAway(_lent[i]);
        }
        _collectionsSeen = GC.CollectionCount(0);
    }

    private void PutAway(Block block)
    {
        Block last = _lent[^1];
        _lent[block.Place] = last;
        last.Place = block.Place;
        _lent.RemoveAt(_lent.Count - 1);
        if (block.IsHandedOut)
        {
            Drop(block);
            return;
        }
        block.LastUse = _looks;
        _free[block.SizeClass].Add(block);
    }

    private long LentBytes()
    {
        long bytes = 0;
        foreach (Block block in _lent)
            bytes += block.ByteCount;
        return bytes;
    }

    /// <summary>Drops the free blocks that no one asked for during more than so many looks.</summary>
    private void DropFree(int looks)
    {
        foreach (List<Block> free in _free)
        {
            for (int i = free.Count - 1; i >= 0; i--)
            {
                Block block = free[i];
                if (_looks - block.LastUse <= looks) continue;
                Drop(block);
                free.RemoveAt(i);
            }
        }
    }

    private void Drop(Block block)
    {
        TotalBytes -= block.ByteCount;
        block.Forget();
    }

    private Block Create(long size, int sizeClass)
    {
        long available = Math.Min(_limit, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (size > Math.Min(available, Block.LargestSize))
            throw new InsufficientMemoryException($"{size:N0} bytes were asked for in one piece; this process may use {available:N0}. Use smaller tensors or a smaller batch.");
        if (size > available - TotalBytes)
        {
            // Free blocks of other sizes, and lent ones whose borrowers are gone, may stand in the way.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            Sweep();
            DropFree(looks: -1);
        }
        if (size > available - TotalBytes)
            throw new InsufficientMemoryException($"{size:N0} bytes were asked for while tensors hold {TotalBytes:N0}; this process may use {available:N0}. Use a smaller batch, or let go of tensors that are no longer needed.");
        var block = new Block(size, sizeClass);
        TotalBytes += size;
        return block;
    }
}
