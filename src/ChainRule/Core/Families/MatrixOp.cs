using ChainRule.Kernels;

namespace ChainRule;

/// <summary>An operation on the matrices of the last two axes, one for each place of the leading axes; computed in float64 whatever the type.</summary>
internal abstract record MatrixOp<TKernel> : Op
    where TKernel : struct, IMatrixKernel
{
    /// <summary>The computation on one matrix of the operands.</summary>
    protected abstract TKernel Kernel(in Operands x);

    /// <summary>What to throw if the computation failed at a row of a matrix.</summary>
    protected virtual Exception Failure(string matrix, long at) =>
        new SingularMatrixException($"{Name}: {matrix} is singular: there is no pivot in column {at}. Pinverse() and LeastSquares take what has no inverse.");

    public sealed override unsafe void Run(in Operands x, Tensor y)
    {
        long count = Shape.Create(x[0].Shape.Sizes[..^2]).ElementCount;
        if (count == 0 || y.ElementCount == 0) return;
        Tensor first = InDouble(x[0]), second = x.Count > 1 ? InDouble(x[1]) : first;
        Tensor result = y.DType == DType.Float64 ? y : Tensor.Uninitialized(y.Shape, DType.Float64);
        MatrixFailure? failure;
        fixed (byte* a = &first.Start, b = &second.Start, target = &result.Start)
        {
            failure = MatrixBatch.Run(
                Kernel(x),
                count,
                new((double*)a, first.ElementCount / count),
                new((double*)b, second.ElementCount / count),
                new((double*)target, result.ElementCount / count));
        }
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        if (failure is { } found)
            throw Failure(PlaceOf(found.Place, x[0].Shape), found.At);
        if (!ReferenceEquals(result, y))
            TensorMemory.Copy(result.To(y.DType), y);
    }

    public override Tensor Batch(BatchedOperands x) => x.Count == 1 ? Apply(x[0]) : Apply(x.Spread(0), x.Spread(1));

    // A plain tensor with the same numbers: what is computed here is not recorded.
    private static Tensor InDouble(Tensor x) => x.Alias().To(DType.Float64).ToContiguous();

    private static string PlaceOf(long matrix, Shape shape)
    {
        if (shape.Rank == 2) return $"the matrix of shape {shape}";
        var place = new long[shape.Rank - 2];
        for (int i = place.Length - 1; i >= 0; i--)
            (matrix, place[i]) = Math.DivRem(matrix, shape.Sizes[i]);
        return $"matrix [{string.Join(", ", place)}] of shape {shape}";
    }
}
