using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements in another type: from floats to integers fractions are cut off (NaN becomes 0, the rest saturates), from int64 to int32 the low 32 bits stay, anything but 0 is true.</summary>
    /// <returns>This tensor if it has the type already.</returns>
    public Tensor To(DType dtype)
    {
        if (dtype == DType) return this;
        dtype.RequireDefined(nameof(To));
        return new CastOp(dtype).Apply(this);
    }
}

/// <summary>y = x in another element type;  the cotangent is cast back. To and from integers no gradient flows.</summary>
internal sealed record CastOp(DType Target) : LinearOp
{
    public override bool IsDifferentiable => Target.IsFloating();

    public override TensorSpec Infer(in Operands x) => new(x[0].Shape, Target);

    public override void Run(in Operands x, Tensor y)
    {
        switch (x[0].DType)
        {
            case DType.Bool: From<byte>(x[0], y); break;
            case DType.Int32: From<int>(x[0], y); break;
            case DType.Int64: From<long>(x[0], y); break;
            case DType.Float32: From<float>(x[0], y); break;
            default: From<double>(x[0], y); break;
        }
    }

    public override TileKernel Tile(in Operands x) => x[0].DType switch
    {
        DType.Bool => To<byte>(),
        DType.Int32 => To<int>(),
        DType.Int64 => To<long>(),
        DType.Float32 => To<float>(),
        _ => To<double>(),
    };

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => cotangent.To(call.InputSpec(0).DType);

    private static void From<T>(Tensor x, Tensor y) where T : unmanaged
    {
        switch (y.DType)
        {
            case DType.Bool: Convert<T, byte>(x, y); break;
            case DType.Int32: Convert<T, int>(x, y); break;
            case DType.Int64: Convert<T, long>(x, y); break;
            case DType.Float32: Convert<T, float>(x, y); break;
            default: Convert<T, double>(x, y); break;
        }
    }

    private TileKernel To<T>() where T : unmanaged => Target switch
    {
        DType.Bool => new ConvertTile<T, byte>(),
        DType.Int32 => new ConvertTile<T, int>(),
        DType.Int64 => new ConvertTile<T, long>(),
        DType.Float32 => new ConvertTile<T, float>(),
        _ => new ConvertTile<T, double>(),
    };

    private static unsafe void Convert<TFrom, TTo>(Tensor x, Tensor y) where TFrom : unmanaged where TTo : unmanaged
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Elementwise.Convert(new Strided<TFrom>((TFrom*)source, x.Shape.Sizes, x.ViewStrides), (TTo*)target);
    }
}
