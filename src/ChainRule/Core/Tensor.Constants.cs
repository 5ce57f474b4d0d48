using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainRule;

public sealed partial class Tensor
{
    private const int CachedConstants = 64;

    private static readonly Tensor?[] _constants = new Tensor?[CachedConstants];

    /// <summary>A number seen as a tensor of the shape and type of <paramref name="like"/>, without memory of its own.</summary>
    internal static Tensor ConstantLike(double value, Tensor like) => Constant(value, like.DType, like.Shape);

    /// <summary>A number that takes part in arithmetic with a tensor: it takes the tensor's type if it can, and else the first wider one that holds it.</summary>
    internal static Tensor Scalar(double value, Tensor like, [CallerArgumentExpression(nameof(like))] string? argument = null)
    {
        ArgumentNullException.ThrowIfNull(like, argument);
        return Constant(value, Meeting(value, like.DType), like.Shape);
    }

    private static DType Meeting(double value, DType dtype)
    {
        if (dtype.IsFloating()) return dtype;
        if (value != Math.Floor(value) || !DType.Int64.Reaches(value)) return DType.Float32;
        return dtype == DType.Int64 || !DType.Int32.Reaches(value) ? DType.Int64 : DType.Int32;
    }

    private static Tensor Constant(double value, DType dtype, Shape shape)
    {
        // The few constants of the rules (0, 1, 2, 0.5, ...) are made once; another in the same place replaces them.
        long bits = BitConverter.DoubleToInt64Bits(value);
        ref Tensor? cached = ref _constants[(int)((ulong)(bits ^ (long)dtype) * 0x9E3779B97F4A7C15ul >> 58)];
        Tensor? constant = cached;
        if (constant is null || constant.DType != dtype || BitConverter.DoubleToInt64Bits(constant.ReadAsDouble()) != bits)
        {
            constant = Uninitialized(Shape.Scalar, dtype);
            constant.WriteFirst(value);
            constant.Storage.MarkConstant();
            cached = constant;
        }
        return new Tensor(constant.Storage, shape, dtype, shape.ZeroStrides, 0);
    }

    /// <summary>The first element.</summary>
    internal double First => ReadAsDouble();

    private double ReadAsDouble() => DType switch
    {
        DType.Bool => Start,
        DType.Int32 => Unsafe.As<byte, int>(ref Start),
        DType.Int64 => Unsafe.As<byte, long>(ref Start),
        DType.Float32 => Unsafe.As<byte, float>(ref Start),
        _ => Unsafe.As<byte, double>(ref Start),
    };

    private void WriteFirst(double value)
    {
        switch (DType)
        {
            case DType.Bool: Start = (byte)(value != 0 ? 1 : 0); break;
            case DType.Int32: Unsafe.As<byte, int>(ref Start) = checked((int)value); break;
            case DType.Int64: Unsafe.As<byte, long>(ref Start) = checked((long)value); break;
            case DType.Float32: Unsafe.As<byte, float>(ref Start) = (float)value; break;
            default: Unsafe.As<byte, double>(ref Start) = value; break;
        }
    }
}
