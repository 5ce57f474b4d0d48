using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainRule.Memory;

/// <summary>A pinned, 64-byte-aligned piece of memory of the pool, which watches its borrower through a weak handle.</summary>
internal sealed class Block
{
    private const int Alignment = 64;

    // An array of 64-byte elements reaches 128 GB, where a byte array ends at 2 GB.
    private readonly Line[]? _lines;
    private readonly object? _keeper;
    private GCHandle _borrower;

    public Block(long byteCount, int sizeClass)
    {
        long lines = (byteCount + Alignment - 1) / Alignment + 1;
        _lines = GC.AllocateUninitializedArray<Line>((int)lines, pinned: true);
        Address = FirstAligned(_lines);
        ByteCount = byteCount;
        SizeClass = sizeClass;
        _borrower = GCHandle.Alloc(null, GCHandleType.Weak);
    }

    private Block(nint address, long byteCount, object? keeper) => (Address, ByteCount, SizeClass, _keeper) = (address, byteCount, -1, keeper);

    /// <summary>The most that one block can hold: the longest array, less the line that alignment may take.</summary>
    public static long LargestSize => (long)(Array.MaxLength - 1) * Alignment;

    public nint Address { get; private set; }

    /// <summary>The first byte, as a place in the array, which whoever holds the reference keeps alive.</summary>
    public unsafe ref byte Start
    {
        get
        {
            if (_lines is null)
                return ref *(byte*)Address;
            ref byte first = ref Unsafe.As<Line, byte>(ref MemoryMarshal.GetArrayDataReference(_lines));
            return ref Unsafe.AddByteOffset(ref first, Address - (nint)Unsafe.AsPointer(ref first));
        }
    }

    /// <summary>Whether a span of it was given to someone whom the pool cannot watch, so that it may never be lent again.</summary>
    public bool IsHandedOut { get; set; }

    /// <summary>Whether it stands in for memory that was not taken; see <see cref="StorageLedger"/>.</summary>
    public bool IsStandIn => _keeper is StandInMemory;

    public long ByteCount { get; }

    public int SizeClass { get; }

    /// <summary>The pool's look at which the block was last lent or came back.</summary>
    public int LastUse { get; set; }

    /// <summary>Where the block stands among the pool's lent blocks.</summary>
    public int Place { get; set; }

    /// <summary>Who has the block; null once the borrower is unreachable.</summary>
    public object? Borrower
    {
        get => _borrower.Target;
        set => _borrower.Target = value;
    }

    /// <summary>Looks at memory that someone else holds, and keeps alive for as long as this is used; no block of the pool.</summary>
    /// <param name="address">Where the memory begins.</param>
    /// <param name="byteCount">Its size.</param>
    /// <param name="keeper">Lives as long as the block does, if the memory hangs on it.</param>
    public static Block Window(nint address, long byteCount, object? keeper = null) => new(address, byteCount, keeper);

    /// <summary>Looks at other memory from now on; for a window only.</summary>
    public void MoveTo(nint address)
    {
        if (_lines is not null)
            throw new InvalidOperationException("A block of the pool stays where it is.");
        Address = address;
    }

    /// <summary>Frees the weak handle; the memory goes with the array.</summary>
    public void Forget() => _borrower.Free();

    private static unsafe nint FirstAligned(Line[] lines)
    {
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(lines));
        return (start + Alignment - 1) & ~(nint)(Alignment - 1);
    }

    [StructLayout(LayoutKind.Sequential, Size = Alignment)]
    private struct Line;
}
