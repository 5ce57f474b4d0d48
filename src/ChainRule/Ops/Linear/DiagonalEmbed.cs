namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Square matrices of zeros with the last axis as a diagonal, which becomes two axes.</summary>
    /// <param name="offset">0 for the main diagonal, above it if positive, below it if negative; the matrix grows by it.</param>
    /// <param name="axis1">The axis of the rows in the result.</param>
    /// <param name="axis2">The axis of the columns in the result.</param>
    /// <exception cref="ShapeException">There is no axis, or both are the same.</exception>
    public Tensor DiagonalEmbed(long offset = 0, int axis1 = -2, int axis2 = -1)
    {
        if (Rank == 0)
            throw new ShapeException("DiagonalEmbed: a single number has no axis to put on a diagonal. Use Reshape(1) first.");
        if (offset == long.MinValue || Math.Abs(offset) > long.MaxValue - Shape[^1])
            throw new ShapeException($"DiagonalEmbed: with an offset of {offset}, a matrix of the {Shape[^1]} elements along the last axis of shape {Shape} has more than 2^63 - 1 rows.");
        long size = Shape[^1] + Math.Abs(offset);
        Shape result = Shape.For(nameof(DiagonalEmbed), [.. Shape.Sizes[..^1], size, size]);
        int rows = result.Axis(axis1, nameof(DiagonalEmbed)), columns = result.Axis(axis2, nameof(DiagonalEmbed));
        if (rows == columns)
            throw new ShapeException($"DiagonalEmbed: the axes {axis1} and {axis2} of shape {result} are the same.");
        Tensor y = new DiagonalEmbedOp(offset, size, size).Apply(this);
        if (columns == y.Rank - 1 && rows == y.Rank - 2) return y;
        var order = new int[y.Rank];
        for (int i = 0, next = 0; i < order.Length; i++)
            order[i] = i == rows ? y.Rank - 2 : i == columns ? y.Rank - 1 : next++;
        return y.Permute(order);
    }
}

/// <summary>y[.., i, i + Offset] = x[.., i] in zeros of Rows x Columns;  its transpose is the diagonal.</summary>
internal sealed record DiagonalEmbedOp(long Offset, long Rows, long Columns) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Shape.Create([.. x[0].Shape.Sizes[..^1], Rows, Columns]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        y.FillWith(0);
        if (x[0].ElementCount > 0)
            TensorMemory.Copy(x[0], new DiagonalOp(Offset).TryView(y, x[0].Shape)!);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => new DiagonalOp(Offset).Apply(cotangent);
}
