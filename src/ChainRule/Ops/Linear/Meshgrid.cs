namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The coordinates of a grid: result k has one axis for each tensor and shows tensor k along axis k. Views.</summary>
    /// <param name="tensors">The coordinates along each axis; flattened.</param>
    public static Tensor[] Meshgrid(params ReadOnlySpan<Tensor> tensors) => tensors.Length == 0 ? [] : Grids(tensors, nameof(Meshgrid));

    private static Tensor[] Grids(ReadOnlySpan<Tensor> tensors, string operation)
    {
        RequireTensors(tensors, operation);
        var sizes = new long[tensors.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (tensors[i].Rank > 1)
                throw new ShapeException($"{operation}: tensor {i} has shape {tensors[i].Shape}, but must have one axis, or none. Use Flatten to make one of all.");
            sizes[i] = tensors[i].ElementCount;
        }
        Shape grid = Shape.For(operation, sizes);
        var grids = new Tensor[tensors.Length];
        for (int i = 0; i < grids.Length; i++)
        {
            var own = new long[sizes.Length];
            Array.Fill(own, 1);
            own[i] = sizes[i];
            grids[i] = tensors[i].Reshape((Shape)own).Expand(grid);
        }
        return grids;
    }

    /// <summary>All combinations of one element from each tensor, one in each row, the last tensor's changing first.</summary>
    /// <param name="tensors">The choices for each column; flattened.</param>
    /// <exception cref="ShapeException">No tensors were given.</exception>
    public static Tensor CartesianProduct(params ReadOnlySpan<Tensor> tensors)
    {
        return Stack(Array.ConvertAll(Grids(tensors, nameof(CartesianProduct)), grid => grid.Flatten()), -1);
    }
}
