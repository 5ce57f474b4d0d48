using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements in row-major order as a new array, converted to <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    public T[] ToArray<T>() where T : unmanaged
    {
        var values = new T[ElementCount];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>The elements with the shape of the tensor: float[,] for a matrix of float32.</summary>
    public Array ToArray()
    {
        Tensor source = ToContiguous();
        Array values = DType switch
        {
            DType.Bool => ShapedArray.Create<bool>(Shape),
            DType.Int32 => ShapedArray.Create<int>(Shape),
            DType.Int64 => ShapedArray.Create<long>(Shape),
            DType.Float32 => ShapedArray.Create<float>(Shape),
            _ => ShapedArray.Create<double>(Shape),
        };
        int bytes = checked((int)(ElementCount * DType.Size()));
        MemoryMarshal.CreateSpan(ref source.Start, bytes).CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), bytes));
        GC.KeepAlive(source);
        return values;
    }

    /// <summary>Writes the elements in row-major order, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public void CopyTo<T>(Span<T> target) where T : unmanaged
    {
        Record?.RequireReadable(nameof(CopyTo));
        Tensor source = (IsTracked ? Alias() : this).To(DTypeExtensions.Of<T>()).ToContiguous();
        if (target.Length < ElementCount)
            throw new ArgumentException($"CopyTo: shape {Shape} has {ElementCount} elements, but the target holds {target.Length}.", nameof(target));
        source.Span<T>().CopyTo(target);
        GC.KeepAlive(source);
    }

    /// <summary>The only element, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public T Item<T>() where T : unmanaged
    {
        if (ElementCount != 1)
            throw new ShapeException($"Item: shape {Shape} has {ElementCount} elements, not one. Index it first: x[0, 0].Item<{typeof(T).Name}>().");
        T value = default;
        CopyTo(new Span<T>(ref value));
        return value;
    }

    /// <summary>The elements in place, to read; the tensor must be contiguous and of this type.</summary>
    /// <remarks>Keep the tensor alive while the span is used.</remarks>
    /// <exception cref="InvalidOperationException">The tensor is a view with gaps, of another type, or too long for a span.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged
    {
        Record?.RequireReadable(nameof(AsSpan));
        if (DType != DTypeExtensions.Of<T>())
            throw new DTypeException($"AsSpan: the elements are {DType.Lower()}, not {typeof(T).Name}. Use ToArray<{typeof(T).Name}>() to convert.");
        if (!IsContiguous)
            throw new InvalidOperationException($"AsSpan: this view of shape {Shape} is not contiguous. Use Contiguous().AsSpan or ToArray.");
        return Span<T>();
    }

    /// <summary>The elements of a contiguous tensor in place.</summary>
    internal Span<T> Span<T>() where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Start), checked((int)ElementCount));
}
