using ChainRule.Autograd;

namespace ChainRule.Inspect;

public sealed partial class StepRecording
{
    private const long LargestJacobian = 256;

    /// <summary>
    /// The paths by which the gradient comes into a node, in the order in which they were added: the sum of their products is the gradient,
    /// to the last bit.
    /// </summary>
    /// <param name="node">A node of <see cref="Graph"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public IReadOnlyList<ChainRulePath> PathsInto(int node)
    {
        Bounds.Place(node, Graph.Nodes.Count, nameof(PathsInto), nameof(node));
        return [.. Events.Where(happened => happened.Node == node && happened.Kind is (StepEventKind.Backward or StepEventKind.Accumulate)).Select(PathOf)];
    }

    private ChainRulePath PathOf(StepEvent happened)
    {
        Tensor Copy(int tensor) => _store.At(tensor, happened.Number)!.ToTensor(Tensors[tensor]);
        StepTensor? upstream = happened.Through is { } through ? TensorOf(through, StepTensorKind.Gradient) : null;
        return new(happened, upstream is null ? null : Copy(upstream.Id), Jacobian(happened), Copy(happened.Changes[0]), Copy(happened.Changes[1]));
    }

    // Row by row: what the rule gives for a cotangent that is 1 in one place.
    private Tensor? Jacobian(StepEvent happened)
    {
        StepEvent? forward = Events.FirstOrDefault(one => one.Kind == StepEventKind.Forward && one.Node == happened.Through);
        if (forward is null || forward.Op is CustomOp) return null;
        StepTensor from = Tensors[happened.Changes[0]], to = Tensors[forward.Changes[0]];
        long rows = to.Shape.ElementCount, columns = from.Shape.ElementCount;
        if (rows == 0 || columns == 0 || rows * columns > LargestJacobian) return null;
        using (new NoGrad())
        using (Recording.Pause())
        {
            Node call = _replay.CallOf(forward);
            var all = new Tensor[rows];
            for (long row = 0; row < rows; row++)
            {
                Tensor cotangent = Tensor.Arange(0, rows).EqualTo(row).To(to.DType).Reshape(to.Shape);
                Tensor flow = happened.Op!.Vjp(happened.Operand, call, cotangent) ?? Tensor.Zeros(from.Shape, from.DType);
                all[row] = flow.Reshape(Shape.Create([1, columns]));
            }
            return Tensor.Concat(all, 0);
        }
    }
}
