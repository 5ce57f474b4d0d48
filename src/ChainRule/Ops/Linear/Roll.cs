namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements moved along an axis by <paramref name="shift"/> places; those that leave at one end come back at the other.</summary>
    /// <param name="shift">How far; negative numbers move towards the start.</param>
    /// <param name="axis">The axis; all elements as one row if none is named.</param>
    public Tensor Roll(long shift, int? axis = null)
    {
        if (axis is not { } given)
            return Rank == 1 ? Roll(shift, 0) : Flatten().Roll(shift, 0).Reshape(Shape);
        int place = Shape.Axis(given, nameof(Roll));
        long size = Shape.Sizes[place];
        if (size == 0) return this;
        long start = shift % size;
        start = start < 0 ? start + size : start;
        return start == 0 ? this : Concat([Slice(place, size - start, start), Slice(place, 0, size - start)], place);
    }

    /// <summary>The elements moved along several axes, one shift for each.</summary>
    /// <exception cref="ArgumentException">There are not as many shifts as axes.</exception>
    public Tensor Roll(ReadOnlySpan<long> shifts, ReadOnlySpan<int> axes)
    {
        if (shifts.Length != axes.Length)
            throw new ArgumentException($"Roll: {shifts.Length} shifts do not go with {axes.Length} axes.", nameof(shifts));
        Tensor y = this;
        for (int i = 0; i < axes.Length; i++)
            y = y.Roll(shifts[i], axes[i]);
        return y;
    }
}
