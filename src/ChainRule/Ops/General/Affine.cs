using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x·Wᵀ + b over the last axis, the map of a fully connected layer.</summary>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    public Tensor Affine(Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (Rank == 0 || weight.Rank != 2 || Shape[^1] != weight.Shape[1] || (bias is not null && (bias.Rank != 1 || bias.Shape[0] != weight.Shape[0])))
            throw new ShapeException($"Affine: an input of shape {Shape}, a weight of shape {weight.Shape} and a bias of shape {bias?.Shape ?? "none" as object} do not fit: they must be [..., inputs], [outputs, inputs] and [outputs].");
        if (bias is null)
            return MatMul(weight.T);
        Tensor x = this;
        ElementType.Meet(ref x, ref weight, takesIntegers: false);
        if (bias.DType != x.DType)
            throw new DTypeException($"Affine: the bias is {bias.DType.Lower()}, but the product is {x.DType.Lower()}. Convert one of them.");
        if (Rank == 2)
            return AffineOp.Default.Apply(x, weight, bias);
        Tensor rows = x.Rank == 1 ? x.Unsqueeze(0) : x.Flatten(0, -2);
        return AffineOp.Default.Apply(rows, weight, bias).Reshape(Shape.With(Rank - 1, weight.Shape[0]));
    }
}

/// <summary>y = x·Wᵀ + b in one pass over y;  the cotangent c becomes c·W, cᵀ·x and the sum of its rows.</summary>
internal sealed record AffineOp : Op
{
    public static readonly AffineOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Shape.Create([x[0].Shape.Sizes[0], x[1].Shape.Sizes[0]]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor bias = x[2].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(x[0], x[1], bias, y);
        else
            Run<double>(x[0], x[1], bias, y);
        GC.KeepAlive(bias);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand switch
    {
        0 => cotangent.MatMul(call.Input(1)),
        1 => cotangent.T.MatMul(call.Input(0)),
        _ => new SumOp(Over: 1).Apply(cotangent), // the rows
    };

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor?[] terms =
        [
            tangents[0]?.MatMul(call.Input(1).T),
            tangents[1] is { } weight ? call.Input(0).MatMul(weight.T) : null,
            tangents[2]?.Expand(call.Output.Shape),
        ];
        return terms.OfType<Tensor>().Aggregate((a, b) => a + b);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        if (!x.IsBatched(1) && !x.IsBatched(2)) // [batch, rows, inputs] is one tall product
            return Apply(x[0].Flatten(0, 1), x[1], x[2]).Reshape(x.Size, x[0].Shape[1], x[1].Shape[0]);
        Tensor product = x.Spread(0).MatMul(x.IsBatched(1) ? x[1].Transpose(1, 2) : x[1].T);
        return product + (x.IsBatched(2) ? x[2].Unsqueeze(1) : x[2]);
    }

    private static unsafe void Run<T>(Tensor x, Tensor weight, Tensor bias, Tensor y) where T : unmanaged
    {
        long[] left = x.Strides, right = weight.Strides;
        fixed (byte* first = &x.Start, second = &weight.Start, added = &bias.Start, target = &y.Start)
        {
            Gemm.Run(
                x.Shape.Sizes[0], weight.Shape.Sizes[0], x.Shape.Sizes[1],
                (T*)first, left[0], left[1], (T*)second, right[1], right[0], (T*)target, weight.Shape.Sizes[0],
                new ColumnBiasEpilogue(added));
        }
    }
}
