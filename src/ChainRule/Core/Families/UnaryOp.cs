using ChainRule.Kernels;

namespace ChainRule;

/// <summary>An elementwise function of one operand, known by its kernel and its derivative.</summary>
internal abstract record UnaryOp<TKernel>(TKernel Kernel) : Op
    where TKernel : struct, IUnary
{
    /// <summary>Whether integers stay integers; otherwise they become float32 first.</summary>
    protected virtual bool TakesIntegers => false;

    /// <summary>dy/dx in tensors, so that it can itself be differentiated. Each argument is there only if kept.</summary>
    protected abstract Partial Derivative(Tensor x, Tensor y);

    /// <summary>Applies the function, converting the element type first where it must.</summary>
    public new Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return base.Apply(ElementType.Prepare(x, TakesIntegers));
    }

    public sealed override TensorSpec Infer(in Operands x) => x[0].Spec;

    public sealed override void Run(in Operands x, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32: Run<float>(x[0], y); break;
            case DType.Float64: Run<double>(x[0], y); break;
            case DType.Int32: Run<int>(x[0], y); break;
            default: Run<long>(x[0], y); break;
        }
    }

    public sealed override TileKernel Tile(in Operands x) => x[0].DType switch
    {
        DType.Float32 => new BodyTile<float, UnaryBody<TKernel>>(new(Kernel)),
        DType.Float64 => new BodyTile<double, UnaryBody<TKernel>>(new(Kernel)),
        DType.Int32 => new BodyTile<int, UnaryBody<TKernel>>(new(Kernel)),
        _ => new BodyTile<long, UnaryBody<TKernel>>(new(Kernel)),
    };

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        Derivative((Keeps & Keeps.Inputs) != 0 ? call.Input(0) : null!, (Keeps & Keeps.Output) != 0 ? call.Output : null!).Times(cotangent);

    public sealed override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) =>
        tangents[0] is { } tangent ? Derivative(call.Input(0), call.Output).Times(tangent) : null;

    public sealed override Tensor Batch(BatchedOperands x) => base.Apply(x[0]);

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Elementwise.Unary(Kernel, new Strided<T>((T*)source, x.Shape.Sizes, x.ViewStrides), (T*)target);
    }
}
