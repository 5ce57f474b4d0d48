using ChainRule.Kernels;

namespace ChainRule;

/// <summary>An elementwise question about two operands, answered true or false; its derivative is zero.</summary>
internal abstract record CompareOp<TKernel>(TKernel Kernel) : ZeroOp
    where TKernel : struct, IBinary
{
    /// <summary>Compares operands of any shapes that broadcast and any types that meet.</summary>
    public new Tensor Apply(Tensor a, Tensor b)
    {
        ElementType.Meet(ref a, ref b, takesIntegers: true);
        Broadcasting.Meet(ref a, ref b, Name);
        return base.Apply(a, b);
    }

    /// <summary>Compares the right operand with the left one, for the operation that turns the question round and bears another name.</summary>
    public Tensor Turned(Tensor left, Tensor right, string operation)
    {
        ElementType.Meet(ref left, ref right, takesIntegers: true);
        Broadcasting.Meet(ref left, ref right, operation);
        return base.Apply(right, left);
    }

    public sealed override Tensor Batch(BatchedOperands x) => base.Apply(x.Spread(0), x.Spread(1));

    public sealed override TensorSpec Infer(in Operands x) => new(x[0].Shape, DType.Bool);

    public sealed override void Run(in Operands x, Tensor y)
    {
        switch (x[0].DType)
        {
            case DType.Float32: Run<float>(x[0], x[1], y); break;
            case DType.Float64: Run<double>(x[0], x[1], y); break;
            case DType.Int32: Run<int>(x[0], x[1], y); break;
            default: Run<long>(x[0], x[1], y); break;
        }
    }

    public sealed override TileKernel Tile(in Operands x) => x[0].DType switch
    {
        DType.Float32 => new BodyTile<float, MaskBody<BinaryBody<TKernel>>>(new(new(Kernel))),
        DType.Float64 => new BodyTile<double, MaskBody<BinaryBody<TKernel>>>(new(new(Kernel))),
        DType.Int32 => new BodyTile<int, MaskBody<BinaryBody<TKernel>>>(new(new(Kernel))),
        _ => new BodyTile<long, MaskBody<BinaryBody<TKernel>>>(new(new(Kernel))),
    };

    private unsafe void Run<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
    {
        fixed (byte* left = &a.Start, right = &b.Start, target = &y.Start)
        {
            Elementwise.Compare(
                Kernel,
                new Strided<T>((T*)left, a.Shape.Sizes, a.ViewStrides),
                new Strided<T>((T*)right, b.Shape.Sizes, b.ViewStrides),
                target);
        }
    }
}
