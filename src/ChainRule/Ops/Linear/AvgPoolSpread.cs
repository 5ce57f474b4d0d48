using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y = Σ c / n over the windows that meet an element, n being a window's places;  its transpose is the mean of each window.</summary>
internal sealed record AvgPoolSpreadOp(WindowGrid Windows, bool CountsPadding) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Sliding.Replaced(x[0].Shape, Windows.Inputs), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous();
        y.FillWith(0);
        if (y.DType == DType.Float32)
            Run<float>(source, y);
        else
            Run<double>(source, y);
        GC.KeepAlive(source);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => new AvgPoolOp(Windows, CountsPadding).Apply(cotangent);

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            AveragePooling.Spread(Windows, Sliding.Planes(y.Shape, Windows.Rank), CountsPadding, (T*)source, (T*)target);
    }
}
