namespace ChainRule.Kernels;

/// <summary>A strided operand. No strides at all means contiguous in row-major order.</summary>
/// <remarks>Strides count elements and may be 0 or negative; <see cref="Data"/> is the element whose index is 0 on every axis.</remarks>
internal readonly unsafe ref struct Strided<T>(T* data, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    where T : unmanaged
{
    public readonly T* Data = data;
    public readonly ReadOnlySpan<long> Sizes = sizes;
    public readonly ReadOnlySpan<long> Strides = strides;

    /// <summary>True if no strides are given. Strides that happen to be contiguous are found out later, when axes are merged.</summary>
    public bool IsContiguous => Strides.IsEmpty;

    /// <summary>The number of elements: 1 without axes.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long size in Sizes)
                count *= size;
            return count;
        }
    }

    /// <summary>The same memory and layout, its elements taken as another type of the same size.</summary>
    public Strided<TOther> As<TOther>() where TOther : unmanaged => new((TOther*)Data, Sizes, Strides);
}
