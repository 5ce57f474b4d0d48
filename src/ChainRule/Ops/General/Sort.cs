namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements along an axis in order, and the positions (int64) they came from; equal ones keep their order, NaN comes last in either direction.</summary>
    /// <remarks>The gradient goes to the position that each value came from.</remarks>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    /// <param name="descending">The largest first instead of the smallest.</param>
    public (Tensor Values, Tensor Positions) Sort(int axis = -1, bool descending = false)
    {
        Tensor positions = Order(axis, descending, nameof(Sort));
        return (Rank == 0 ? this : Gather(axis, positions), positions);
    }

    /// <summary>The k largest elements along an axis, the largest first, and their positions (int64); of equal ones the first. NaN is taken only if there are too few numbers.</summary>
    /// <remarks>The gradient goes to the position that each value came from: of equal elements to the first alone, where <see cref="Max"/> shares it among them.</remarks>
    /// <param name="k">How many.</param>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    /// <param name="largest">False for the smallest, the smallest first.</param>
    /// <exception cref="ShapeException"><paramref name="k"/> is negative or larger than the axis.</exception>
    public (Tensor Values, Tensor Positions) TopK(long k, int axis = -1, bool largest = true)
    {
        long size = LastAxis.Size(this, axis, nameof(TopK));
        if (k < 0 || k > size)
            throw new ShapeException($"TopK: k = {k} elements cannot be chosen along axis {axis} of shape {Shape}, which has size {size}.");
        if (Rank == 0)
            return k == 1 ? (this, Argsort()) : (Reshape(1).Slice(0, 0, 0), Zeros([0], DType.Int64));
        Tensor positions = Argsort(axis, largest).Slice(axis, 0, k);
        return (Gather(axis, positions), positions);
    }

    /// <summary>The k-th smallest element along an axis, k counted from 1, and its position (int64); of equal ones by their order. NaN comes last.</summary>
    /// <param name="k">Which one, from 1 on.</param>
    /// <param name="axis">The axis that goes away; a single number has 0 and -1.</param>
    /// <param name="keepDims">Keep it with size 1.</param>
    /// <exception cref="ShapeException"><paramref name="k"/> is below 1 or larger than the axis.</exception>
    public (Tensor Value, Tensor Position) Kthvalue(long k, int axis = -1, bool keepDims = false)
    {
        long size = LastAxis.Size(this, axis, nameof(Kthvalue));
        if (k < 1 || k > size)
            throw new ShapeException($"Kthvalue: k = {k} must be between 1 and {size}, the size of axis {axis} of shape {Shape}.");
        if (Rank == 0)
            return (this, Argsort());
        Tensor position = Argsort(axis).Slice(axis, k - 1, 1), value = Gather(axis, position);
        return keepDims ? (value, position) : (value.Squeeze(axis), position.Squeeze(axis));
    }
}
