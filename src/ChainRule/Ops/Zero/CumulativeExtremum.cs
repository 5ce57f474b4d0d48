using System.Numerics;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The largest element so far along an axis and its position (int64), of equal ones the first; NaN stays from where it occurs.</summary>
    /// <remarks>The gradient goes to the position that each value came from: of equal elements to the first alone, where <see cref="Max"/> and <see cref="Min"/> share it among them.</remarks>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    public (Tensor Values, Tensor Positions) CumulativeMax(int axis) => CumulativeExtremum(axis, new CumulativeExtremumOp(false), nameof(CumulativeMax));

    /// <summary>The smallest element so far along an axis and its position (int64), of equal ones the first; NaN stays from where it occurs.</summary>
    /// <inheritdoc cref="CumulativeMax"/>
    public (Tensor Values, Tensor Positions) CumulativeMin(int axis) => CumulativeExtremum(axis, new CumulativeExtremumOp(true), nameof(CumulativeMin));

    private (Tensor Values, Tensor Positions) CumulativeExtremum(int axis, CumulativeExtremumOp op, string operation)
    {
        Tensor x = DType == DType.Bool ? To(DType.Int32) : this;
        Tensor positions = LastAxis.Apply(x, axis, operation, op.Apply);
        return (Rank == 0 ? this : Gather(axis, positions), positions);
    }
}

/// <summary>The position of the largest (or smallest) element up to each place of the last axis.</summary>
internal sealed record CumulativeExtremumOp(bool IsMin) : ZeroOp
{
    public override TensorSpec Infer(in Operands x) => new(x[0].Shape, DType.Int64);

    public override Tensor Batch(BatchedOperands x) => Apply(x[0]);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor source = x[0].ToContiguous();
        switch (source.DType)
        {
            case DType.Float32: Run<float>(source, y); break;
            case DType.Float64: Run<double>(source, y); break;
            case DType.Int32: Run<int>(source, y); break;
            default: Run<long>(source, y); break;
        }
        GC.KeepAlive(source);
    }

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        long length = y.Shape[^1];
        fixed (byte* source = &x.Start, target = &y.Start)
        {
            T* row = (T*)source;
            long* to = (long*)target;
            for (long start = 0; start < y.ElementCount; start += length, row += length, to += length)
            {
                long best = 0;
                for (long i = 0; i < length; i++)
                {
                    bool isBetter = IsMin ? row[i] < row[best] : row[i] > row[best];
                    best = isBetter || (T.IsNaN(row[i]) && !T.IsNaN(row[best])) ? i : best;
                    to[i] = best;
                }
            }
        }
    }
}
