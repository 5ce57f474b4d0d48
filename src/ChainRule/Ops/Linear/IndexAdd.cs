namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>This tensor with slices added to an axis: y[.., positions[j], ..] += source[.., j, ..]; repeated positions add up.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="positions">int32 or int64, one axis; negative ones count from the end.</param>
    /// <param name="source">One slice for each position.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside the axis.</exception>
    public Tensor IndexAdd(int axis, Tensor positions, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(source);
        ElementType.RequireInteger(positions, nameof(IndexAdd), nameof(positions));
        Tensor x = this;
        ElementType.Meet(ref x, ref source, takesIntegers: true);
        int place = Shape.Axis(axis, nameof(IndexAdd));
        if (positions.Rank != 1 || source.Rank != Rank || source.Shape != Shape.With(place, positions.ElementCount))
            throw new ShapeException($"IndexAdd: positions of shape {positions.Shape} and source of shape {source.Shape} do not fit shape {Shape}: axis {axis} of the source must have one slice for each position.");
        return x + new AddAtOp(place, Shape.Sizes[place], nameof(IndexAdd)).Apply(source, positions.To(DType.Int64));
    }
}
