namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Each slice of an axis several times, one behind the other.</summary>
    /// <param name="repeats">How many times.</param>
    /// <param name="axis">The axis; all elements as one row if none is named.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is negative.</exception>
    public Tensor RepeatInterleave(long repeats, int? axis = null)
    {
        Bounds.AtLeast(repeats, 0, nameof(RepeatInterleave), nameof(repeats));
        if (axis is not { } given)
            return Flatten().RepeatInterleave(repeats, 0);
        int place = Shape.Axis(given, nameof(RepeatInterleave));
        Shape shape = Shape.For(nameof(RepeatInterleave), [.. Shape.Sizes[..(place + 1)], repeats, .. Shape.Sizes[(place + 1)..]]);
        Shape.For(nameof(RepeatInterleave), [Shape.Sizes[place], repeats]);
        return Unsqueeze(place + 1).Expand(shape).Flatten(place, place + 1);
    }

    /// <summary>Each slice of an axis as often as its number says. The result's shape depends on the numbers, which are read.</summary>
    /// <param name="repeats">int32 or int64, one number for each slice.</param>
    /// <param name="axis">The axis; all elements as one row if none is named.</param>
    /// <exception cref="ShapeException">There are not as many numbers as slices, or one is negative.</exception>
    public Tensor RepeatInterleave(Tensor repeats, int? axis = null)
    {
        ArgumentNullException.ThrowIfNull(repeats);
        ElementType.RequireInteger(repeats, nameof(RepeatInterleave), nameof(repeats));
        if (axis is not { } given)
            return Flatten().RepeatInterleave(repeats, 0);
        int place = Shape.Axis(given, nameof(RepeatInterleave));
        if (repeats.Rank != 1 || repeats.Shape[0] != Shape.Sizes[place])
            throw new ShapeException($"RepeatInterleave: repeats of shape {repeats.Shape} must have one number for each of the {Shape.Sizes[place]} slices along axis {given} of shape {Shape}.");
        repeats.RequireReadable(nameof(RepeatInterleave));
        long[] counts = repeats.Bare.ToArray<long>();
        long total = 0;
        foreach (long count in counts)
        {
            if (count < 0)
                throw new ShapeException($"RepeatInterleave: a slice cannot be repeated {count} times.");
            if (count > long.MaxValue - total)
                throw new ShapeException($"RepeatInterleave: the result would have more than 2^63 - 1 slices along axis {given}.");
            total += count;
        }
        // Slice i begins where the counts before it end: the position behind is that of the first end beyond.
        Tensor ends = repeats.Bare.CumulativeSum(0);
        return Take(ends.SearchSorted(Arange(0, total, 1, DType.Int64), right: true), place);
    }
}
