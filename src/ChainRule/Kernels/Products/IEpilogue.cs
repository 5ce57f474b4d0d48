namespace ChainRule.Kernels;

/// <summary>What happens to an element of a product between its sum and its store.</summary>
internal interface IEpilogue
{
    /// <summary>The epilogue reads what the result's memory held before the product.</summary>
    static abstract bool ReadsTarget { get; }

    /// <summary>
    /// The values to store, from the finished sums of elements (row, column), (row, column + 1), ... that go to <paramref name="target"/>.
    /// One element's value must not depend on the lane's width.
    /// </summary>
    unsafe V Apply<V, T>(V sums, T* target, long row, long column) where V : struct, IVectorLane<V, T> where T : unmanaged;
}
