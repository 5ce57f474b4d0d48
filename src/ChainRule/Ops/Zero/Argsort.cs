using System.Numerics;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The positions along an axis that would sort it, as int64; equal elements keep their order, NaN comes last in either direction.</summary>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    /// <param name="descending">The largest first instead of the smallest.</param>
    public Tensor Argsort(int axis = -1, bool descending = false) => Order(axis, descending, nameof(Argsort));

    private Tensor Order(int axis, bool isDescending, string operation)
    {
        Tensor x = DType == DType.Bool ? To(DType.Int32) : this;
        return LastAxis.Apply(x, axis, operation, new ArgsortOp(isDescending).Apply);
    }
}

/// <summary>The positions that sort the last axis, stably, NaN last.</summary>
internal sealed record ArgsortOp(bool IsDescending) : ZeroOp
{
    public override TensorSpec Infer(in Operands x) => new(x[0].Shape, DType.Int64);

    public override Tensor Batch(BatchedOperands x) => Apply(x[0]);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        switch (x[0].DType)
        {
            case DType.Float32: Run<float>(x[0], y); break;
            case DType.Float64: Run<double>(x[0], y); break;
            case DType.Int32: Run<int>(x[0], y); break;
            default: Run<long>(x[0], y); break;
        }
    }

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        long length = y.Shape[^1], rows = y.ElementCount / length;
        Tensor keys = Tensor.Uninitialized(x.Shape, x.DType), spare = Tensor.Uninitialized([length], x.DType), places = Tensor.Uninitialized([length], DType.Int64);
        TensorMemory.Copy(x, keys);
        fixed (byte* source = &keys.Start, other = &spare.Start, moved = &places.Start, target = &y.Start)
        {
            for (long row = 0; row < rows; row++)
                StableSort.Run((T*)source + row * length, (long*)target + row * length, length, IsDescending, (T*)other, (long*)moved);
        }
        GC.KeepAlive(keys);
        GC.KeepAlive(spare);
        GC.KeepAlive(places);
    }
}
