using System.Numerics.Tensors;

namespace ChainRule.Numerics;

/// <summary>Tensors to and from System.Numerics.Tensors, whose spans and tensors other .NET libraries work on.</summary>
/// <remarks>
/// There every tensor has at least one axis: a single number without axes becomes one of shape [1].
/// Elements are float, double, int, long or bool.
/// </remarks>
public static class SystemTensors
{
    /// <summary>The elements in place, without a copy, to read.</summary>
    /// <remarks>The span keeps its memory, even when the tensor is gone. A change of the tensor in place shows in the span.</remarks>
    /// <typeparam name="T">The type of the elements; they are not converted.</typeparam>
    /// <exception cref="DTypeException">The elements are of another type.</exception>
    /// <exception cref="InvalidOperationException">The tensor is a view with gaps, or too long for a span.</exception>
    public static ReadOnlyTensorSpan<T> AsTensorSpan<T>(this Tensor tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!tensor.IsContiguous)
            throw new InvalidOperationException($"AsTensorSpan: this view of shape {tensor.Shape} is not contiguous. Use ToSystemTensor to copy it, or Contiguous().AsTensorSpan.");
        return new ReadOnlyTensorSpan<T>(tensor.AsSpan<T>(), Lengths(tensor.Shape));
    }

    /// <summary>A copy of the elements, whatever their layout, converted to <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    public static Tensor<T> ToSystemTensor<T>(this Tensor tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return System.Numerics.Tensors.Tensor.Create(tensor.ToArray<T>(), Lengths(tensor.Shape));
    }

    /// <summary>A copy of the elements, whatever their strides, as a tensor of ChainRule.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    /// <exception cref="DTypeException">The elements are of another type.</exception>
    /// <exception cref="ShapeException">There are more than 24 axes, or more elements than an array can hold.</exception>
    public static Tensor ToChainRule<T>(this in ReadOnlyTensorSpan<T> span) where T : unmanaged
    {
        // A span that was never set has no axes and no elements.
        Shape shape = span.Rank == 0 ? 0 : Shape.Create([.. span.Lengths]);
        if (shape.ElementCount > Array.MaxLength)
            throw new ShapeException($"ToChainRule: shape {shape} has {shape.ElementCount} elements, more than an array can hold. Convert parts of it.");
        var values = new T[shape.ElementCount];
        if (values.Length > 0) // FlattenTo stumbles over a span without axes
            span.FlattenTo(values);
        return Tensor.From(values, shape);
    }

    /// <inheritdoc cref="ToChainRule{T}(in ReadOnlyTensorSpan{T})"/>
    public static Tensor ToChainRule<T>(this in TensorSpan<T> span) where T : unmanaged => span.AsReadOnlyTensorSpan().ToChainRule();

    /// <inheritdoc cref="ToChainRule{T}(in ReadOnlyTensorSpan{T})"/>
    public static Tensor ToChainRule<T>(this Tensor<T> tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.AsReadOnlyTensorSpan().ToChainRule();
    }

    private static nint[] Lengths(Shape shape) => shape.Rank == 0 ? [1] : [.. shape.Select(size => (nint)size)];
}
