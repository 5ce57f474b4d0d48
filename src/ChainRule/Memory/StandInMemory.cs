using System.Runtime.InteropServices;

namespace ChainRule.Memory;

/// <summary>Zeros at which storage without memory of its own may safely look: the system gives pages only to what is written, and nothing is.</summary>
internal sealed unsafe class StandInMemory
{
    private readonly void* _start;

    /// <summary>Reserves so many bytes.</summary>
    /// <exception cref="InsufficientMemoryException">One tensor alone is larger than this machine's memory.</exception>
    public StandInMemory(long byteCount)
    {
        ByteCount = byteCount;
        try
        {
            _start = NativeMemory.AllocZeroed((nuint)byteCount);
        }
        catch (OutOfMemoryException)
        {
            throw new InsufficientMemoryException($"One tensor alone takes {byteCount:N0} bytes, which is more than this machine has. Use smaller tensors or a smaller batch.");
        }
    }

    ~StandInMemory() => NativeMemory.Free(_start);

    /// <summary>How much it is.</summary>
    public long ByteCount { get; }

    /// <summary>Where it begins.</summary>
    public nint Address => (nint)_start;
}
