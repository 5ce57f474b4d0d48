namespace ChainRule.Kernels;

/// <summary>Combines values that come one after another in a balanced tree that their number alone decides.</summary>
/// <remarks>
/// A binary counter: level k holds the total of 2^k values, and two totals of a level become one of the next. The remainders are
/// combined from the last to the first, so n values are the first p and then the others, p the largest power of 2 below n.
/// </remarks>
internal unsafe struct Pairs<T, TReducer>(T* levels) where T : unmanaged where TReducer : struct, IReducer
{
    private int _top;
    private long _count;

    public void Add(T value)
    {
        for (long carry = _count++; (carry & 1) != 0; carry >>= 1)
            value = FixedTree.Combine<T, TReducer>(levels[--_top], value);
        levels[_top++] = value;
    }

    /// <summary>The total of at least one value.</summary>
    public T Total()
    {
        T total = levels[--_top];
        while (_top > 0)
            total = FixedTree.Combine<T, TReducer>(levels[--_top], total);
        return total;
    }
}
