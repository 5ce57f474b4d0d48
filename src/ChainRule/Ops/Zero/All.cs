using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether all elements over all axes or some are true, or not 0; true for no elements.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor All(Axes? axes = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(All));
        return Reduced.KeepDims(new AllOp(mask).Apply(To(DType.Bool)), Shape, mask, keepDims);
    }
}

/// <summary>y = whether every x over the axes in the mask is true.</summary>
internal sealed record AllOp(uint Over) : ZeroOp
{
    public override TensorSpec Infer(in Operands x) => new(Reduced.Shape(x[0].Shape, Over), DType.Bool);

    public override Tensor Batch(BatchedOperands x) => new AllOp(Over << 1).Apply(x[0]);

    public override unsafe void Run(in Operands x, Tensor y)
    {
        Reduced reduced = new(x[0], Over, stackalloc long[2 * x[0].Rank]);
        fixed (byte* source = &x[0].Start, target = &y.Start)
            Reduction.All(new Strided<byte>(source, reduced.Sizes, reduced.Strides), reduced.KeptAxes, target);
    }
}
