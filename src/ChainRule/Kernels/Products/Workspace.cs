using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>One thread's memory for packed operands: of fixed size, made at the thread's first product, gone with the thread.</summary>
internal static unsafe class Workspace
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? _memory;

    [ThreadStatic]
    private static byte* _start;

    /// <summary>The first of <paramref name="bytes"/> bytes, on a cache line of its own. All callers ask for the same number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Of(int bytes) => _start is not null and var start ? start : Make(bytes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* Make(int bytes)
    {
        // Pinned, so that it may be held by its address, and the collector's, so that a thread that ends leaves nothing behind.
        _memory = GC.AllocateUninitializedArray<byte>(bytes + Alignment, pinned: true);
        byte* first = (byte*)Unsafe.AsPointer(ref _memory[0]);
        return _start = (byte*)(((nuint)first + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
