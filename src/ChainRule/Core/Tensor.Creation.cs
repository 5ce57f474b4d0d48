using System.Runtime.InteropServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) => Filled(shape, 0, dtype, nameof(Zeros));

    /// <summary>Ones.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32) => Filled(shape, 1, dtype, nameof(Ones));

    /// <summary>One value everywhere.</summary>
    /// <exception cref="DTypeException">The value does not fit the type: it is too large for it, or has a fraction and the type has none.</exception>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32) => Filled(shape, value, dtype, nameof(Full));

    /// <inheritdoc cref="Full(Shape, double, DType)"/>
    public static Tensor Full(Shape shape, long value, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(shape);
        dtype.RequireDefined(nameof(Full));
        dtype.RequireFit(value, nameof(Full));
        Tensor y = Uninitialized(shape, dtype);
        y.FillWithInteger(value);
        return y;
    }

    /// <summary>A tensor with these elements, in row-major order; they are copied.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape? shape = null) where T : unmanaged
    {
        DType dtype = DTypeExtensions.Of<T>();
        shape ??= Shape.Create([values.Length]);
        if (shape.ElementCount != values.Length)
            throw new ShapeException($"From: {values.Length} values do not fill shape {shape}, which has {shape.ElementCount} elements.");
        Tensor y = Uninitialized(shape, dtype, isReal: true);
        values.CopyTo(y.Span<T>());
        return y;
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape?)"/>
    public static Tensor From<T>(T[] values, Shape? shape = null) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return From<T>(values.AsSpan(), shape);
    }

    /// <summary>A tensor with the elements and the shape of an array of any rank: float[,], int[,,], ...</summary>
    /// <exception cref="DTypeException">The elements are not float, double, int, long or bool.</exception>
    public static Tensor From(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        DType dtype = values switch
        {
            _ when values.GetType().GetElementType() == typeof(float) => DType.Float32,
            _ when values.GetType().GetElementType() == typeof(double) => DType.Float64,
            _ when values.GetType().GetElementType() == typeof(int) => DType.Int32,
            _ when values.GetType().GetElementType() == typeof(long) => DType.Int64,
            _ when values.GetType().GetElementType() == typeof(bool) => DType.Bool,
            _ => throw new DTypeException($"From: an array of {values.GetType().GetElementType()?.Name} is not an array of float, double, int, long or bool. Jagged arrays must be made rectangular: float[,]."),
        };
        var sizes = new long[values.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = values.GetLongLength(i);
        Tensor y = Uninitialized(sizes, dtype, isReal: true);
        switch (dtype)
        {
            case DType.Bool: Elements<bool>(values).CopyTo(y.Span<bool>()); break;
            case DType.Int32: Elements<int>(values).CopyTo(y.Span<int>()); break;
            case DType.Int64: Elements<long>(values).CopyTo(y.Span<long>()); break;
            case DType.Float32: Elements<float>(values).CopyTo(y.Span<float>()); break;
            default: Elements<double>(values).CopyTo(y.Span<double>()); break;
        }
        return y;
    }

    /// <summary>Joins numbers or tensors of one shape along a new first axis; used by collection expressions: <c>[[1f, 2f], [3f, 4f]]</c></summary>
    public static Tensor Create(ReadOnlySpan<Tensor> elements) => elements.IsEmpty ? Zeros([0]) : Stack(elements);

    /// <summary>A number as a tensor without axes.</summary>
    public static implicit operator Tensor(float value) => From<float>([value], Shape.Scalar);

    /// <inheritdoc cref="op_Implicit(float)"/>
    public static implicit operator Tensor(double value) => From<double>([value], Shape.Scalar);

    /// <inheritdoc cref="op_Implicit(float)"/>
    public static implicit operator Tensor(int value) => From<int>([value], Shape.Scalar);

    /// <inheritdoc cref="op_Implicit(float)"/>
    public static implicit operator Tensor(long value) => From<long>([value], Shape.Scalar);

    /// <inheritdoc cref="op_Implicit(float)"/>
    public static implicit operator Tensor(bool value) => From<bool>([value], Shape.Scalar);

    /// <summary>An array of numbers as a tensor of one axis; the elements are copied.</summary>
    public static implicit operator Tensor(float[] values) => From(values);

    /// <inheritdoc cref="op_Implicit(float[])"/>
    public static implicit operator Tensor(double[] values) => From(values);

    /// <inheritdoc cref="op_Implicit(float[])"/>
    public static implicit operator Tensor(float[,] values) => From((Array)values);

    /// <inheritdoc cref="op_Implicit(float[])"/>
    public static implicit operator Tensor(double[,] values) => From((Array)values);

    /// <summary>start, start + step, ... up to but without <paramref name="end"/>.</summary>
    /// <exception cref="ArgumentException">The step is 0 or not a number.</exception>
    public static Tensor Arange(double start, double end, double step = 1, DType dtype = DType.Float32)
    {
        dtype.RequireDefined(nameof(Arange));
        double count = Math.Max(Math.Ceiling((end - start) / step), 0);
        if (step == 0 || !double.IsFinite(count))
            throw new ArgumentException($"Arange: from {start} to {end} in steps of {step} never ends.");
        // The quotient is rounded: the last step may reach the end after all.
        double last = start + (count - 1) * step;
        if (count > 0 && (step > 0 ? last >= end : last <= end))
            count--;
        return Steps((long)count, start, step, dtype);
    }

    /// <summary><paramref name="count"/> numbers from start to end, both included, equally far apart.</summary>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public static Tensor Linspace(double start, double end, long count, DType dtype = DType.Float32)
    {
        Shape.RequireCount(count, nameof(Linspace), nameof(count));
        dtype.RequireDefined(nameof(Linspace));
        Tensor y = Steps(count, start, count > 1 ? (end - start) / (count - 1) : 0, DType.Float64);
        if (count > 1)
            y.Slice(0, count - 1, 1).FillWith(end);
        return y.To(dtype);
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    /// <exception cref="ShapeException">A size is negative.</exception>
    public static Tensor Eye(long rows, long? columns = null, DType dtype = DType.Float32)
    {
        Shape.RequireCount(rows, nameof(Eye), nameof(rows));
        Shape.RequireCount(columns ?? rows, nameof(Eye), nameof(columns));
        dtype.RequireDefined(nameof(Eye));
        return Arange(0, rows, 1, DType.Int64).Unsqueeze(1).EqualTo(Arange(0, columns ?? rows, 1, DType.Int64)).To(dtype);
    }

    /// <summary>One axis of elements worked out from their places.</summary>
    internal static unsafe Tensor Each<T>(long count, Func<long, T> element) where T : unmanaged
    {
        Tensor y = Uninitialized([count], DTypeExtensions.Of<T>(), isReal: true);
        fixed (byte* target = &y.Start)
        {
            for (long i = 0; i < count; i++)
                ((T*)target)[i] = element(i);
        }
        return y;
    }

    private static Tensor Filled(Shape shape, double value, DType dtype, string operation)
    {
        ArgumentNullException.ThrowIfNull(shape);
        dtype.RequireDefined(operation);
        dtype.RequireFit(value, operation);
        Tensor y = Uninitialized(shape, dtype);
        y.FillWith(value);
        return y;
    }

    private static unsafe Tensor Steps(long count, double start, double step, DType dtype)
    {
        Tensor y = Uninitialized([count], DType.Float64, isReal: true);
        fixed (byte* target = &y.Start)
        {
            for (long i = 0; i < count; i++)
                ((double*)target)[i] = start + i * step;
        }
        return y.To(dtype);
    }

    private unsafe void FillWith<T>(T value) where T : unmanaged
    {
        if (Storage.IsCountedOnly) return;
        fixed (byte* target = &Start)
            Elementwise.Fill(value, new Strided<T>((T*)target, Shape.Sizes, ViewStrides));
        GC.KeepAlive(this);
    }

    // Beyond 2^53 a double would round it.
    private void FillWithInteger(long value)
    {
        switch (DType)
        {
            case DType.Int64: FillWith<long>(value); break;
            case DType.Float32: FillWith((float)value); break;
            default: FillWith((double)value); break;
        }
    }

    internal void FillWith(double value)
    {
        switch (DType)
        {
            case DType.Bool: FillWith((byte)(value != 0 ? 1 : 0)); break;
            case DType.Int32: FillWith(checked((int)value)); break;
            case DType.Int64: FillWith(checked((long)value)); break;
            case DType.Float32: FillWith((float)value); break;
            default: FillWith<double>(value); break;
        }
    }
}
