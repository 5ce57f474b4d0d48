using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y = the mean of t over the elements at which a window of x is largest;  its transpose shares each window's cotangent among them.</summary>
internal sealed record MaxPoolPickOp(WindowGrid Windows) : LinearOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Sliding.Replaced(x[1].Shape, Windows.Outputs), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor tangent = x[0].ToContiguous(), source = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(tangent, source, y);
        else
            Run<double>(tangent, source, y);
        GC.KeepAlive(tangent);
        GC.KeepAlive(source);
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    protected override Tensor Transpose(Tensor cotangent, Call call) => new MaxPoolSpreadOp(Windows).Apply(cotangent, call.Input(1));

    private unsafe void Run<T>(Tensor tangent, Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* chosen = &tangent.Start, source = &x.Start, target = &y.Start)
            MaxPooling.Pick(Windows, Sliding.Planes(y.Shape, Windows.Rank), (T*)chosen, (T*)source, (T*)target);
    }
}
