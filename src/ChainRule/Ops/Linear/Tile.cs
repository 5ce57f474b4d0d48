namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The whole tensor laid out several times along its axes; fewer numbers than axes count for the last ones.</summary>
    /// <param name="repeats">How many times along each axis; more numbers than axes add axes in front.</param>
    /// <exception cref="ShapeException">A number is negative.</exception>
    public Tensor Tile(params ReadOnlySpan<long> repeats) => Tiled(repeats, nameof(Tile));

    private Tensor Tiled(ReadOnlySpan<long> repeats, string operation)
    {
        int rank = Math.Max(Rank, repeats.Length);
        var from = new List<long>();
        var stretched = new List<long>();
        var to = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            int axis = i - (rank - Rank), number = i - (rank - repeats.Length);
            long size = axis < 0 ? 1 : Shape.Sizes[axis], times = number < 0 ? 1 : repeats[number];
            if (times < 0)
                throw new ShapeException($"{operation}: an axis cannot be repeated {times} times: [{string.Join(", ", repeats.ToArray())}].");
            if (times != 1)
            {
                from.Add(1);
                stretched.Add(times);
            }
            from.Add(size);
            stretched.Add(size);
            to[i] = unchecked(size * times);
        }
        // The stretched shape refuses too many elements before the sizes of the result are read.
        return Reshape(Shape.For(operation, [.. from])).Expand(Shape.For(operation, [.. stretched])).Reshape(Shape.For(operation, to));
    }

    /// <summary>The whole tensor laid out several times along its axes, one number for each, as <see cref="Tile"/>.</summary>
    /// <exception cref="ShapeException">There are fewer numbers than axes, or one is negative.</exception>
    public Tensor Repeat(params ReadOnlySpan<long> repeats)
    {
        if (repeats.Length < Rank)
            throw new ShapeException($"Repeat: [{string.Join(", ", repeats.ToArray())}] must have a number for each of the {Rank} axes of shape {Shape}. Use Tile to repeat the last ones.");
        return Tiled(repeats, nameof(Repeat));
    }
}
