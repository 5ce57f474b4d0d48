using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y = the element number Rank, from 0, in the order of those along the axes in the mask; NaN if there is one. Equal elements share its derivative.</summary>
internal sealed record OrderStatisticOp(uint Over, long Rank) : ExtremumOp(Over)
{
    protected override unsafe void Run<T>(Reduced x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor rows = x.Copy();
        long length = rows.ElementCount / y.ElementCount;
        Tensor spare = Tensor.Uninitialized([length], rows.DType), positions = Tensor.Uninitialized([2, length], DType.Int64);
        fixed (byte* source = &rows.Start, other = &spare.Start, places = &positions.Start, target = &y.Start)
            OrderStatistics.Ranked((T*)source, y.ElementCount, length, Rank, (T*)other, (long*)places, (T*)target);
        GC.KeepAlive(rows);
        GC.KeepAlive(spare);
        GC.KeepAlive(positions);
    }
}
