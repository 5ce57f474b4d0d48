namespace ChainRule;

/// <summary>Brings an axis to the end for operations that work on rows, and back. A tensor without axes counts as a row of one element.</summary>
internal static class LastAxis
{
    /// <summary>Applies a function of rows along any axis.</summary>
    public static Tensor Apply(Tensor x, int axis, string operation, Func<Tensor, Tensor> function)
    {
        if (x.Rank == 0)
        {
            RequireScalarAxis(axis, operation);
            return function(x.Reshape(1)).Reshape(Shape.Scalar);
        }
        int place = x.Shape.Axis(axis, operation), last = x.Rank - 1;
        return place == last ? function(x) : function(x.Transpose(place, last)).Transpose(place, last);
    }

    /// <summary>The size of an axis, 1 for a tensor without axes.</summary>
    public static long Size(Tensor x, int axis, string operation)
    {
        if (x.Rank > 0)
            return x.Shape.Sizes[x.Shape.Axis(axis, operation)];
        RequireScalarAxis(axis, operation);
        return 1;
    }

    private static void RequireScalarAxis(int axis, string operation)
    {
        if (axis is not (0 or -1))
            throw new ShapeException($"{operation}: axis {axis} does not exist in shape []. A single number counts as a row of one element: axis 0 or -1.");
    }
}
