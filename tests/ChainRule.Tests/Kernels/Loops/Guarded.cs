using System.Runtime.InteropServices;

namespace ChainRule.Tests.Kernels.Loops;

/// <summary>Memory for a result with a margin on both sides, which nothing may write to.</summary>
internal sealed unsafe class Guarded<T> where T : unmanaged
{
    private const int Margin = 64;
    private const byte Mark = 0xA5;

    private readonly T[] _memory;
    private readonly int _count;

    public Guarded(long count)
    {
        _count = (int)count;
        _memory = GC.AllocateUninitializedArray<T>(_count + 2 * Margin, pinned: true);
        MemoryMarshal.AsBytes(_memory.AsSpan()).Fill(Mark);
    }

    public T* Pointer => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, Margin);

    /// <summary>The elements, once the margins have been looked at.</summary>
    public T[] Elements()
    {
        Assert.Equal(-1, MemoryMarshal.AsBytes(_memory.AsSpan(0, Margin)).IndexOfAnyExcept(Mark));
        Assert.Equal(-1, MemoryMarshal.AsBytes(_memory.AsSpan(Margin + _count)).IndexOfAnyExcept(Mark));
        return _memory[Margin..(Margin + _count)];
    }
}
