namespace ChainRule.Kernels;

/// <summary>A floating-point lane whose bit patterns can be worked on: what the elementary functions need.</summary>
/// <remarks>Integers are 32 bits wide in a float lane and 64 in a double lane; there is no conversion, only the pattern.</remarks>
internal interface IBitLane<V, T> : IVectorLane<V, T>
    where V : struct, IBitLane<V, T>
    where T : unmanaged
{
    /// <summary>A lane whose elements all have this pattern (its low 32 bits in a float lane).</summary>
    static abstract V Bits(long pattern);

    static abstract V BitAnd(V a, V b);
    static abstract V BitOr(V a, V b);
    static abstract V BitXor(V a, V b);

    /// <summary>Adds the patterns as integers, wrapping around.</summary>
    static abstract V IntegerAdd(V a, V b);
    static abstract V IntegerSubtract(V a, V b);

    static abstract V ShiftLeft(V a, int count);
    static abstract V ShiftRightLogical(V a, int count);

    /// <summary>a &lt; b ? a : b, hence b where either is NaN or both are zero: one instruction where Min takes several.</summary>
    static abstract V Lesser(V a, V b);

    /// <summary>a &gt; b ? a : b, hence b where either is NaN or both are zero.</summary>
    static abstract V Greater(V a, V b);

    /// <summary>a * 2^exponent, rounded once, for an integral exponent of magnitude up to 252 (float) or 2044 (double).</summary>
    /// <remarks>The magnitude of a must be near 1 (2^-30 to 2^30 is safe), zero, infinite or NaN: only the result may be subnormal.</remarks>
    static abstract V Scale(V a, V exponent);

    /// <summary>True if any element of the mask is set; false for a lane of no set element.</summary>
    static abstract bool Any(V mask);

    /// <summary>Applies a scalar function to each element: for rare, slow cases only.</summary>
    static abstract V Map(V a, Func<T, T> function);

    /// <summary>table[index] for each element, the index taken from the pattern as an integer.</summary>
    /// <remarks>The index is not checked, and the table must be constant data (a span over a literal), which never moves.</remarks>
    static abstract V Gather(ReadOnlySpan<T> table, V index);
}
