using ChainRule.Kernels;

namespace ChainRule;

/// <summary>w[o, c, k] = Σ x[n, c] y[n, o] over the batch and the windows, the transpose of a convolution in its weight;  its transposes are those in the input and the convolution.</summary>
internal sealed record ConvWeightOp(WindowGrid Windows, long Groups) : BilinearOp
{
    public override TensorSpec Infer(in Operands x) =>
        new(Shape.Create([x[1].Shape.Sizes[1], x[0].Shape.Sizes[1] / Math.Max(Groups, 1), .. Windows.Kernels]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor source = x[0].ToContiguous(), cotangent = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(source, cotangent, y);
        else
            Run<double>(source, cotangent, y);
        GC.KeepAlive(source);
        GC.KeepAlive(cotangent);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        Tensor weights = new ConvWeightOp(Windows, Groups * x.Size).Apply(Channels.Merge(x.Spread(0)), Channels.Merge(x.Spread(1)));
        return Channels.Unflatten(weights, x.Size);
    }

    protected override Tensor TransposeLeft(Tensor cotangent, Tensor right) => new ConvTransposeOp(Windows, Groups).Apply(right, cotangent);

    protected override Tensor TransposeRight(Tensor left, Tensor cotangent) => new ConvOp(Windows, Groups).Apply(left, cotangent);

    private unsafe void Run<T>(Tensor x, Tensor cotangent, Tensor weight) where T : unmanaged, System.Numerics.INumber<T>
    {
        var sizes = new ConvolutionSizes(Windows, x.Shape.Sizes[0], Groups, weight.Shape.Sizes[1], weight.Shape.Sizes[0] / Groups);
        fixed (byte* source = &x.Start, factor = &cotangent.Start, target = &weight.Start)
            Convolution.ByWeight(sizes, (T*)source, (T*)factor, (T*)target);
    }
}
