namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>This tensor with y[positions[i, j, ..], j, ..] = source[i, j, ..], the position replacing the index along <paramref name="axis"/>.</summary>
    /// <remarks>Of several that write to one place the last wins, and only it gets a gradient; places that are written get none.</remarks>
    /// <param name="axis">The axis along which to place.</param>
    /// <param name="positions">int32 or int64, with as many axes as this tensor and no larger along the others; negative ones count from the end.</param>
    /// <param name="source">What is written; it may be larger than the positions, and the rest of it is not used.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside the axis.</exception>
    public Tensor Scatter(int axis, Tensor positions, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(source);
        ElementType.RequireInteger(positions, nameof(Scatter), nameof(positions));
        return Written(Shape.Axis(axis, nameof(Scatter)), positions, source, nameof(Scatter));
    }

    private Tensor Written(int place, Tensor positions, Tensor source, string operation)
    {
        Tensor x = this;
        if (x.DType != source.DType)
            ElementType.Meet(ref x, ref source, takesIntegers: true);
        Tensor part = ScatterShapes.Source(x, place, positions, source, operation);
        Tensor writer = new LastWriterOp(place, Shape.Sizes[place], operation).Apply(positions.To(DType.Int64));
        // A row of zeros in front is what places without a writer read.
        Tensor written = new GatherOp(place).Apply(part.Pad(place, 1, 0), writer);
        return Where(ScatterShapes.Padded(writer, Shape) > 0, ScatterShapes.Padded(written, Shape), x);
    }

    /// <summary>This tensor with whole slices of an axis replaced: y[.., positions[j], ..] = source[.., j, ..]. Of several for one place the last wins, and only it gets a gradient.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="positions">int32 or int64, one axis; negative ones count from the end.</param>
    /// <param name="source">One slice for each position.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside the axis.</exception>
    public Tensor IndexCopy(int axis, Tensor positions, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(source);
        ElementType.RequireInteger(positions, nameof(IndexCopy), nameof(positions));
        int place = Shape.Axis(axis, nameof(IndexCopy));
        return Written(place, ScatterShapes.OfSlices(this, place, positions, source, nameof(IndexCopy)), source, nameof(IndexCopy));
    }
}
