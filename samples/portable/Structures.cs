using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Samples.Portable;

/// <summary>Products, sums, windows, random numbers and solvers.</summary>
internal static class Structures
{
    public static IReadOnlyList<BitProgram> All { get; } =
    [
        new("random numbers", () => [Sample(1001), Tensor.Uniform([501], new RandomKey(3), 0, 1, DType.Float64), Sample(DType.Float64, 301)]),
        new("sums", () => [Sample(5003).Sum(), Sample(37, 53).Sum(0), Sample(37, 53).Mean(1), Sample(DType.Float64, 41, 7).Sum()]),
        new("variances", () => [Sample(37, 53).Var(0), Sample(37, 53).Std(), Sample(DType.Float64, 41, 7).Var(1)]),
        new("softmax", () => [Sample(37, 53).Softmax(), Sample(37, 53).LogSoftmax(), Sample(37, 53).LogSumExp(1), Sample(DType.Float64, 13, 19).Softmax(0)]),
        new("extremes", () => [Sample(37, 53).Max(0), Sample(37, 53).ArgMax(1), Sample(37, 53).Min()]),
        new("tiny products", () => [Sample(4, 2).MatMul(Sample(2, 4)), Sample(4, 4).MatMul(Sample(4, 1)), Sample(4, 4).T.MatMul(Sample(4, 1))]),
        new("products", () => [Sample(64, 64).MatMul(Sample(64, 64)), Sample(17, 301).MatMul(Sample(301, 23)), Sample(41, 9).T.MatMul(Sample(41, 37))]),
        new("products of doubles", () => [Sample(DType.Float64, 33, 65).MatMul(Sample(DType.Float64, 65, 31)), Sample(DType.Float64, 3, 2).MatMul(Sample(DType.Float64, 2, 5))]),
        new("batches of products", () => [Sample(3, 17, 33).MatMul(Sample(3, 33, 19))]),
        new("convolution", () => [Sample(2, 3, 9, 11).Conv2d(Sample(5, 3, 3, 3)), Sample(2, 3, 8, 8).MaxPool2d(2), Sample(2, 3, 8, 8).AvgPool2d(2)]),
        new("layer norm", () => [Sample(19, 37).LayerNorm([37])]),
        new("cross entropy", () =>
        {
            Tensor x = Sample(150, 3).RequiresGrad();
            Tensor loss = Loss.CrossEntropy(x, Tensor.Arange(0, 3).Expand([50, 3]).Reshape(150).To(DType.Int64));
            loss.Backward();
            return [loss.Detach(), x.Grad!];
        }),
        new("adam", () =>
        {
            Tensor x = Sample(83).RequiresGrad();
            var optimizer = new Adam([x], 0.01);
            for (int i = 0; i < 3; i++)
            {
                optimizer.ZeroGrad();
                x.Square().Sum().Backward();
                optimizer.Step();
            }
            return [x.Detach()];
        }),
        new("layers", () =>
        {
            Tensor x = Sample(150, 8), weight = Sample(8, 8).RequiresGrad(), bias = Sample(8).RequiresGrad();
            x.Affine(weight, bias).Relu().Sum().Backward();
            return [x.Affine(weight, bias).Detach(), weight.Grad!, bias.Grad!];
        }),
        new("solving", () => [Sample(DType.Float64, 7, 7).Inverse(), Sample(DType.Float64, 7, 7).Det()]),
    ];

    private static Tensor Sample(params ReadOnlySpan<long> sizes) => Sample(DType.Float32, sizes);

    private static Tensor Sample(DType dtype, params ReadOnlySpan<long> sizes) => Tensor.Normal(Shape.Create(sizes), new RandomKey(sizes[^1]), dtype: dtype);
}
