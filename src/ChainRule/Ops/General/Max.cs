using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The largest element over all axes or some; NaN if there is one. Equal ones share the gradient.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor Max(Axes? axes = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(Max));
        Tensor x = DType == DType.Bool ? To(DType.Int32) : this;
        return Reduced.KeepDims(mask == 0 ? x : new MaxOp(mask).Apply(x), Shape, mask, keepDims);
    }
}

/// <summary>y = max x over the axes in the mask;  its derivative is shared equally by the elements that attain it.</summary>
internal sealed record MaxOp(uint Over) : ExtremumOp(Over)
{
    protected override unsafe void Run<T>(Reduced x, Tensor y)
    {
        fixed (byte* source = &x.Source.Start, target = &y.Start)
            Reduction.Max(new Strided<T>((T*)source, x.Sizes, x.Strides), x.KeptAxes, (T*)target);
    }
}
