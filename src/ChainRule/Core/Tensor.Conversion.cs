using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements in row-major order as a new array, converted to <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    /// <exception cref="InvalidOperationException">There are more elements than an array can hold.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        RequireArray(nameof(ToArray));
        var values = new T[ElementCount];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>The elements with the shape of the tensor: float[,] for a matrix of float32.</summary>
    public Array ToArray() => DType switch
    {
        DType.Bool => ToShapedArray<bool>(),
        DType.Int32 => ToShapedArray<int>(),
        DType.Int64 => ToShapedArray<long>(),
        DType.Float32 => ToShapedArray<float>(),
        _ => ToShapedArray<double>(),
    };

    /// <summary>Writes the elements in row-major order, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public void CopyTo<T>(Span<T> target) where T : unmanaged
    {
        RequireReadable(nameof(CopyTo));
        DType dtype = DTypeExtensions.Of<T>();
        if (target.Length < ElementCount)
            throw new ArgumentException($"CopyTo: shape {Shape} has {ElementCount} elements, but the target holds {target.Length}.", nameof(target));
        Tensor source = (IsTracked ? Alias() : this).To(dtype).ToContiguous();
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
    /// <remarks>The span keeps its memory, even when the tensor is gone. A change of the tensor in place shows in the span.</remarks>
    /// <exception cref="InvalidOperationException">The tensor is a view with gaps, of another type, or too long for a span.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged
    {
        RequireReadable(nameof(AsSpan));
        if (DType != DTypeExtensions.Of<T>())
            throw new DTypeException($"AsSpan: the elements are {DType.Lower()}, not {typeof(T).Name}. Use ToArray<{typeof(T).Name}>() to convert.");
        if (!IsContiguous)
            throw new InvalidOperationException($"AsSpan: this view of shape {Shape} is not contiguous. Use Contiguous().AsSpan or ToArray.");
        RequireArray(nameof(AsSpan));
        ref byte first = ref Unsafe.AddByteOffset(ref Storage.HandOut(), (nint)(Offset * DType.Size()));
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref first), checked((int)ElementCount));
    }

    /// <summary>Refuses where there is no single value, or where the value is another one each time that a graph is replayed.</summary>
    internal void RequireReadable(string operation)
    {
        Record?.RequireReadable(operation);
        Recording.Current?.RequireReadable(this, operation);
    }

    private Array ToShapedArray<T>() where T : unmanaged
    {
        RequireArray(nameof(ToArray));
        Array values = ShapedArray.Create<T>(Shape);
        CopyTo(Elements<T>(values));
        return values;
    }

    private void RequireArray(string operation)
    {
        if (ElementCount > Array.MaxLength)
            throw new InvalidOperationException($"{operation}: shape {Shape} has {ElementCount} elements, more than an array or a span can hold. Take parts of it.");
    }

    // The elements of an array of any rank, in a row.
    private static Span<T> Elements<T>(Array values) where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), checked((int)values.LongLength));

    /// <summary>The elements of a contiguous tensor in place.</summary>
    internal Span<T> Span<T>() where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Start), checked((int)ElementCount));
}
