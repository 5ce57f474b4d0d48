namespace ChainRule;

/// <summary>Arrays of a rank known at run time; their types are named here, so that they exist when compiled ahead of time.</summary>
internal static class ShapedArray
{
    /// <summary>An array with these sizes; of one element for a scalar's shape.</summary>
    public static Array Create<T>(Shape shape)
    {
        if (shape.Rank == 0)
            return new T[1];
        Type type = shape.Rank switch
        {
            1 => typeof(T[]),
            2 => typeof(T[,]),
            3 => typeof(T[,,]),
            4 => typeof(T[,,,]),
            5 => typeof(T[,,,,]),
            6 => typeof(T[,,,,,]),
            _ => throw new ShapeException($"ToArray: shape {shape} has more than 6 axes. Use ToArray<{typeof(T).Name}>() for the elements in a row."),
        };
        var lengths = new int[shape.Rank];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (shape.Sizes[i] > Array.MaxLength)
                throw new ShapeException($"ToArray: axis {i} of shape {shape} is longer than an array can be.");
            lengths[i] = (int)shape.Sizes[i];
        }
        return Array.CreateInstanceFromArrayType(type, lengths);
    }
}
