namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements x[.., i, i + offset, ..] of two axes, which go away, along a new last axis. A view.</summary>
    /// <param name="offset">0 for the main diagonal, above it if positive, below it if negative; outside the matrix it is empty.</param>
    /// <param name="axis1">The axis of the rows.</param>
    /// <param name="axis2">The axis of the columns.</param>
    /// <exception cref="ShapeException">There are fewer than two axes, or both are the same.</exception>
    public Tensor Diagonal(long offset = 0, int axis1 = 0, int axis2 = 1)
    {
        int rows = Shape.Axis(axis1, nameof(Diagonal)), columns = Shape.Axis(axis2, nameof(Diagonal));
        if (rows == columns)
            throw new ShapeException($"Diagonal: the axes {axis1} and {axis2} of shape {Shape} are the same.");
        int[] order = [.. Enumerable.Range(0, Rank).Where(axis => axis != rows && axis != columns), rows, columns];
        return new DiagonalOp(offset).Apply(Permute(order));
    }

    /// <summary>The sum of the main diagonal of a matrix; with more axes, of the last two.</summary>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public Tensor Trace() => Rank < 2
        ? throw new ShapeException($"Trace: shape {Shape} is no matrix.")
        : Diagonal(0, -2, -1).Sum(-1);
}

/// <summary>y[.., i] = x[.., i, i + Offset] of the last two axes, as a view;  its transpose puts the cotangent into zeros.</summary>
internal sealed record DiagonalOp(long Offset) : ViewOp
{
    public override TensorSpec Infer(in Operands x)
    {
        ReadOnlySpan<long> sizes = x[0].Shape.Sizes;
        return new(Shape.Create([.. sizes[..^2], Length(sizes[^2], sizes[^1])]), x[0].DType);
    }

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        long row = x.Strides[^2], column = x.Strides[^1];
        long start = shape[^1] == 0 ? 0 : Offset >= 0 ? Offset * column : -Offset * row;
        return x.View(shape, [.. x.Strides[..^2], row + column], x.Offset + start);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call)
    {
        Shape matrix = call.InputSpec(0).Shape;
        return new DiagonalEmbedOp(Offset, matrix[^2], matrix[^1]).Apply(cotangent);
    }

    // Compared before anything is added, so that no offset is too large.
    private long Length(long rows, long columns)
    {
        if (Offset >= columns || Offset <= -rows) return 0;
        return Offset >= 0 ? Math.Min(rows, columns - Offset) : Math.Min(rows + Offset, columns);
    }
}
