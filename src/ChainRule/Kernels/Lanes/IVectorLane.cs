namespace ChainRule.Kernels;

/// <summary>A lane that lives in memory: what the loops need beside the mathematics.</summary>
/// <remarks>
/// Lanes are made by a cast of bits rather than by their constructors, and call no helpers of their own: each call leaves
/// temporaries, and the compiler inlines nothing more into a method that has 512 of them, as a long fused expression soon does.
/// </remarks>
internal unsafe interface IVectorLane<V, T> : ILane<V>
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    /// <summary>Elements in one lane, a power of two.</summary>
    static abstract int Count { get; }

    /// <summary>Loads <see cref="Count"/> elements; no alignment is needed.</summary>
    static abstract V Load(T* source);
    static abstract void Store(V value, T* target);
    static abstract V Broadcast(T value);

    /// <summary>Loads <see cref="Count"/> bytes, 0 or 1, as a mask.</summary>
    static abstract V LoadMask(byte* source);

    /// <summary>Stores a mask as <see cref="Count"/> bytes, 0 or 1.</summary>
    static abstract void StoreMask(V mask, byte* target);
}
