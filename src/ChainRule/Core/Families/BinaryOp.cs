using ChainRule.Kernels;

namespace ChainRule;

/// <summary>An elementwise function of two operands of one shape and type, known by its kernel and its partial derivatives.</summary>
internal abstract record BinaryOp<TKernel>(TKernel Kernel) : Op
    where TKernel : struct, IBinary
{
    /// <summary>Whether integers stay integers; otherwise they become float32 first.</summary>
    protected virtual bool TakesIntegers => true;

    /// <summary>The partial derivative by one operand. The tensors are there only if kept.</summary>
    protected abstract Partial Derivative(int operand, Tensor a, Tensor b, Tensor y);

    /// <summary>Applies the function to operands of any shapes that broadcast and any types that meet.</summary>
    public new Tensor Apply(Tensor a, Tensor b)
    {
        ElementType.Meet(ref a, ref b, TakesIntegers);
        Broadcasting.Meet(ref a, ref b, Name);
        return base.Apply(a, b);
    }

    public sealed override TensorSpec Infer(in Operands x) => x[0].Spec;

    public sealed override void Run(in Operands x, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32: Run<float>(x[0], x[1], y); break;
            case DType.Float64: Run<double>(x[0], x[1], y); break;
            case DType.Int32: Run<int>(x[0], x[1], y); break;
            default: Run<long>(x[0], x[1], y); break;
        }
    }

    public sealed override TileKernel Tile(in Operands x) => x[0].DType switch
    {
        DType.Float32 => new BodyTile<float, BinaryBody<TKernel>>(new(Kernel)),
        DType.Float64 => new BodyTile<double, BinaryBody<TKernel>>(new(Kernel)),
        DType.Int32 => new BodyTile<int, BinaryBody<TKernel>>(new(Kernel)),
        _ => new BodyTile<long, BinaryBody<TKernel>>(new(Kernel)),
    };

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        bool hasInputs = (Keeps & Keeps.Inputs) != 0, hasOutput = (Keeps & Keeps.Output) != 0;
        return Derivative(operand, hasInputs ? call.Input(0) : null!, hasInputs ? call.Input(1) : null!, hasOutput ? call.Output : null!).Times(cotangent);
    }

    public sealed override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor a = call.Input(0), b = call.Input(1), y = call.Output;
        Tensor? left = tangents[0] is { } first ? Derivative(0, a, b, y).Times(first) : null;
        Tensor? right = tangents[1] is { } second ? Derivative(1, a, b, y).Times(second) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public sealed override Tensor Batch(BatchedOperands x) => base.Apply(x.Spread(0), x.Spread(1));

    private unsafe void Run<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
    {
        fixed (byte* left = &a.Start, right = &b.Start, target = &y.Start)
        {
            Elementwise.Binary(
                Kernel,
                new Strided<T>((T*)left, a.Shape.Sizes, a.ViewStrides),
                new Strided<T>((T*)right, b.Shape.Sizes, b.ViewStrides),
                (T*)target);
        }
    }
}
