using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The position of the largest element, of the first of equal ones, along an axis or in the flattened tensor; int64.</summary>
    /// <param name="axis">The axis that goes away; all if none is named.</param>
    /// <param name="keepDims">Keep it with size 1.</param>
    public Tensor ArgMax(int? axis = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axis is { } given ? (Axes)given : null, Shape, nameof(ArgMax));
        Tensor x = DType == DType.Bool ? To(DType.Int32) : this;
        return Reduced.KeepDims(new ArgMaxOp(mask).Apply(x), Shape, mask, keepDims);
    }
}

/// <summary>The row-major position, over the axes in the mask, of the largest element; of NaN if there is one.</summary>
internal sealed record ArgMaxOp(uint Over) : PositionOp(Over)
{
    protected override unsafe void Run<T>(Reduced x, Tensor y)
    {
        fixed (byte* source = &x.Source.Start, target = &y.Start)
            Reduction.ArgMax(new Strided<T>((T*)source, x.Sizes, x.Strides), x.KeptAxes, (long*)target);
    }
}
