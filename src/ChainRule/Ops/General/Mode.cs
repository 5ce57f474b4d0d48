using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The element that occurs most often over all axes or some, the smallest of those equally often. All its occurrences share the gradient.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor Mode(Axes? axes = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(Mode));
        Tensor x = DType == DType.Bool ? To(DType.Int32) : this;
        return Reduced.KeepDims(mask == 0 ? x : new ModeOp(mask).Apply(x), Shape, mask, keepDims);
    }
}

/// <summary>y = the most frequent x over the axes in the mask;  its derivative is shared equally by the elements that are equal to it.</summary>
internal sealed record ModeOp(uint Over) : ExtremumOp(Over)
{
    protected override unsafe void Run<T>(Reduced x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor rows = x.Copy();
        long length = rows.ElementCount / y.ElementCount;
        Tensor spare = Tensor.Uninitialized([length], rows.DType), positions = Tensor.Uninitialized([2, length], DType.Int64);
        fixed (byte* source = &rows.Start, other = &spare.Start, places = &positions.Start, target = &y.Start)
            OrderStatistics.Mode((T*)source, y.ElementCount, length, (T*)other, (long*)places, (T*)target);
        GC.KeepAlive(rows);
        GC.KeepAlive(spare);
        GC.KeepAlive(positions);
    }
}
