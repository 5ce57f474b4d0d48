using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sum over all axes or some; 0 for no elements. Integers and truth values add up as int64.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor Sum(Axes? axes = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(Sum));
        Tensor x = DType.IsFloating() ? this : To(DType.Int64);
        return Reduced.KeepDims(mask == 0 ? x : new SumOp(mask).Apply(x), Shape, mask, keepDims);
    }
}

/// <summary>y = Σ x over the axes in the mask, by the fixed tree;  its transpose is the broadcast.</summary>
internal sealed record SumOp(uint Over) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Reduced.Shape(x[0].Shape, Over), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Reduced reduced = new(x[0], Over, stackalloc long[2 * x[0].Rank]);
        switch (y.DType)
        {
            case DType.Float32: Run<float>(reduced, y); break;
            case DType.Float64: Run<double>(reduced, y); break;
            default: Run<long>(reduced, y); break;
        }
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new SumOp(Over << 1);

    protected override Tensor Transpose(Tensor cotangent, Call call)
    {
        Shape input = call.InputSpec(0).Shape;
        return Reduced.KeepDims(cotangent, input, Over, keepDims: true).BroadcastTo(input);
    }

    private static unsafe void Run<T>(Reduced x, Tensor y) where T : unmanaged
    {
        fixed (byte* source = &x.Source.Start, target = &y.Start)
            Reduction.Sum(new Strided<T>((T*)source, x.Sizes, x.Strides), x.KeptAxes, (T*)target);
    }
}
