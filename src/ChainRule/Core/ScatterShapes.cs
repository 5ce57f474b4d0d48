namespace ChainRule;

/// <summary>What the operations that write to positions along an axis have in common: checks, and the shapes between.</summary>
internal static class ScatterShapes
{
    /// <summary>The part of the source that has positions; all sizes checked.</summary>
    /// <exception cref="ShapeException">The positions are larger than the source, or than the target along another axis.</exception>
    public static Tensor Source(Tensor x, int axis, Tensor positions, Tensor source, string operation)
    {
        if (positions.Rank != x.Rank || source.Rank != x.Rank)
            throw new ShapeException($"{operation}: positions of shape {positions.Shape} and source of shape {source.Shape} must have as many axes as shape {x.Shape}.");
        Tensor part = source;
        for (int i = 0; i < x.Rank; i++)
        {
            long size = positions.Shape.Sizes[i];
            if (size > source.Shape.Sizes[i])
                throw new ShapeException($"{operation}: positions of shape {positions.Shape} are larger than the source of shape {source.Shape} along axis {i}.");
            if (i != axis && size > x.Shape.Sizes[i])
                throw new ShapeException($"{operation}: positions of shape {positions.Shape} are larger than shape {x.Shape} along axis {i}.");
            part = part.Slice(i, 0, size);
        }
        return part;
    }

    /// <summary>A tensor that may be smaller along some axes, with zeros behind it up to a shape.</summary>
    public static Tensor Padded(Tensor x, Shape shape)
    {
        for (int i = 0; i < shape.Rank; i++)
            x = x.Pad(i, 0, shape.Sizes[i] - x.Shape.Sizes[i]);
        return x;
    }

    /// <summary>Positions along one axis for whole slices: the same for every element of a slice.</summary>
    /// <exception cref="ShapeException">There are not as many positions as slices, or the slices have other sizes.</exception>
    public static Tensor OfSlices(Tensor x, int axis, Tensor positions, Tensor source, string operation)
    {
        if (positions.Rank != 1 || source.Rank != x.Rank || source.Shape != x.Shape.With(axis, positions.ElementCount))
            throw new ShapeException($"{operation}: positions of shape {positions.Shape} and source of shape {source.Shape} do not fit shape {x.Shape}: axis {axis} of the source must have one slice for each position.");
        var sizes = new long[x.Rank];
        Array.Fill(sizes, 1);
        sizes[axis] = positions.ElementCount;
        return positions.Reshape((Shape)sizes).Expand(source.Shape);
    }
}
