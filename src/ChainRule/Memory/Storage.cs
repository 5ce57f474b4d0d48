using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainRule.Memory;

/// <summary>
/// The bytes behind one or more tensors, with a version that every write in place advances.
/// Small ones are plain arrays; larger ones are blocks of the pool, which come back by themselves.
/// </summary>
/// <remarks>
/// A pooled block is reused once its storage is unreachable. Whoever works on <see cref="Start"/> must therefore
/// keep the storage alive until it is done (<see cref="GC.KeepAlive"/>): a pointer alone does not.
/// </remarks>
internal sealed class Storage
{
    /// <summary>Up to this size the garbage collector's own allocation beats a pool.</summary>
    internal const int LargestPlainSize = 4096;

    /// <summary>The origin of what is made outside of any recording, and of a constant, which never changes.</summary>
    internal const ushort Anywhere = 0, Constant = ushort.MaxValue;

    private static ushort _recording;

    private readonly byte[]? _plain;
    private readonly Block? _block;

    /// <summary>Takes storage whose contents are undefined.</summary>
    /// <param name="byteCount">The size.</param>
    /// <param name="isReal">Whether it must have memory even while a <see cref="StorageLedger"/> is open.</param>
    /// <exception cref="InsufficientMemoryException">More bytes than this machine has.</exception>
    public Storage(long byteCount, bool isReal = false)
    {
        ByteCount = byteCount;
        Origin = _recording;
        if (byteCount <= LargestPlainSize)
            _plain = new byte[byteCount];
        else
            _block = StorageLedger.Current is { } ledger && !isReal ? ledger.Stand(byteCount) : BlockPool.Shared.Lend(this, byteCount);
        StorageLedger.Current?.Enter(this);
    }

    private Storage(long byteCount, Block? window) => (ByteCount, _block) = (byteCount, window ?? BlockPool.Shared.Lend(this, byteCount));

    /// <summary>The recording, of all that there were, during which storage is being made; 0 while there is none.</summary>
    public static ushort CurrentRecording
    {
        get => _recording;
        set => _recording = value;
    }

    /// <summary>The recording during which this was made, or <see cref="Anywhere"/>, or <see cref="Constant"/>.</summary>
    public ushort Origin { get; private set; }

    /// <summary>The size in bytes that was asked for.</summary>
    public long ByteCount { get; }

    /// <summary>How many times the contents were changed in place.</summary>
    public int Version { get; private set; }

    /// <summary>Whether a gradient that was handed out lives here, so that another one may not.</summary>
    public bool HoldsGradient { get; set; }

    /// <summary>The first byte. Pooled storage is aligned to 64 bytes.</summary>
    public unsafe ref byte Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _plain is not null ? ref MemoryMarshal.GetArrayDataReference(_plain) : ref *(byte*)_block!.Address;
    }

    /// <summary>Whether the contents never move, however small they are.</summary>
    public bool IsStable => _plain is null;

    /// <summary>Whether nothing was taken for it, because a <see cref="StorageLedger"/> only counts: its contents mean nothing.</summary>
    public bool IsCountedOnly => _block is { IsStandIn: true };

    /// <summary>Storage of any size that never moves.</summary>
    public static Storage Stable(long byteCount)
    {
        var storage = new Storage(byteCount, StorageLedger.Current?.Stand(byteCount));
        StorageLedger.Current?.Enter(storage);
        return storage;
    }

    /// <summary>Looks at memory that someone else holds; see <see cref="MoveTo"/>.</summary>
    public static Storage Window(long byteCount) => new(byteCount, Block.Window(0, byteCount));

    /// <summary>Lets a window look at other memory from now on.</summary>
    public void MoveTo(nint address) => _block!.MoveTo(address);

    /// <summary>Declares that the contents never change.</summary>
    public void MarkConstant() => Origin = Constant;

    /// <summary>Keeps the contents where they are until the handle is freed; null if they never move anyway.</summary>
    public GCHandle? Pin() => _plain is null ? null : GCHandle.Alloc(_plain, GCHandleType.Pinned);

    /// <summary>The first byte for someone who may outlive this storage: a reference to it keeps the memory, which the pool never lends again.</summary>
    public ref byte HandOut()
    {
        if (_block is null)
            return ref Start;
        _block.IsHandedOut = true;
        GC.KeepAlive(this);
        return ref _block.Start;
    }

    /// <summary>Records a change of the contents, so that a gradient that needs the old ones can refuse.</summary>
    public void MarkChanged() => Version++;

    /// <summary>Gives a pooled block back at once. Only for storage that nothing else can see; it must not be used again.</summary>
    public void GiveBack()
    {
        if (_block is not null)
            BlockPool.Shared.TakeBack(_block, this);
    }
}
