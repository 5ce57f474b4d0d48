namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>This tensor with y[positions[0][k], positions[1][k], ..] = values[k]: one tensor of positions for each of the first axes.</summary>
    /// <remarks>Of several that write to one place the last wins, and only it gets a gradient, unless they accumulate.</remarks>
    /// <param name="positions">int32 or int64, of shapes that broadcast; negative ones count from the end.</param>
    /// <param name="values">What is written; broadcast to the shape of the positions followed by the axes that have none.</param>
    /// <param name="accumulate">Add the values to what is there instead.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside its axis.</exception>
    public Tensor IndexPut(ReadOnlySpan<Tensor> positions, Tensor values, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (positions.Length == 0 || positions.Length > Rank)
            throw new ShapeException($"IndexPut: {positions.Length} tensors of positions for shape {Shape}, which has {Rank} axes.");
        foreach (Tensor position in positions)
            ArgumentNullException.ThrowIfNull(position, nameof(positions));
        Shape places = positions[0].Shape;
        foreach (Tensor position in positions)
            places = Shape.Broadcast(places, position.Shape, nameof(IndexPut));
        Tensor flat = Zeros(Shape.Scalar, DType.Int64);
        for (int i = 0; i < positions.Length; i++)
            flat = flat * Shape.Sizes[i] + CountedFromStart(positions[i], i, nameof(IndexPut));
        ReadOnlySpan<long> rest = Shape.Sizes[positions.Length..];
        Shape written = Shape.For(nameof(IndexPut), [.. places.Sizes, .. rest]);
        if (Shape.Broadcast(values.Shape, written, nameof(IndexPut)) != written)
            throw new ShapeException($"IndexPut: values of shape {values.Shape} do not stretch to {written}, the shape of what is replaced.");
        Tensor source = values.BroadcastTo(written).Reshape(Shape.Create([places.ElementCount, .. rest]));
        Tensor rows = Flatten(0, positions.Length - 1), at = flat.Expand(places).Flatten();
        return (accumulate ? rows.IndexAdd(0, at, source) : rows.IndexCopy(0, at, source)).Reshape(Shape);
    }

    // Checked here: beyond its axis a position would be one of another row.
    private Tensor CountedFromStart(Tensor positions, int axis, string operation)
    {
        ElementType.RequireInteger(positions, operation, nameof(positions));
        long size = Shape.Sizes[axis];
        if (positions.ElementCount > 0)
        {
            Recording.Inspect(positions, values =>
            {
                long least = values.Min().Item<long>(), most = values.Max().Item<long>();
                return least >= -size && most < size
                    ? true
                    : throw new ShapeException($"{operation}: position {(least < -size ? least : most)} is outside axis {axis} of shape {Shape}, which has size {size}.");
            });
        }
        Tensor wide = positions.To(DType.Int64);
        return Where(wide < 0, wide + size, wide);
    }
}
