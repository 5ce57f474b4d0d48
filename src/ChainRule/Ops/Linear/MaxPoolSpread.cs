using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y = each window's c in equal shares at the elements at which the window of x is largest, 0 elsewhere;  its transpose is their mean.</summary>
internal sealed record MaxPoolSpreadOp(WindowGrid Windows) : LinearOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[1].Shape, x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor cotangent = x[0].ToContiguous(), source = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(cotangent, source, y);
        else
            Run<double>(cotangent, source, y);
        GC.KeepAlive(cotangent);
        GC.KeepAlive(source);
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    protected override Tensor Transpose(Tensor cotangent, Call call) => new MaxPoolPickOp(Windows).Apply(cotangent, call.Input(1));

    private unsafe void Run<T>(Tensor cotangent, Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* shared = &cotangent.Start, source = &x.Start, target = &y.Start)
            MaxPooling.Spread(Windows, Sliding.Planes(y.Shape, Windows.Rank), (T*)shared, (T*)source, (T*)target);
    }
}
