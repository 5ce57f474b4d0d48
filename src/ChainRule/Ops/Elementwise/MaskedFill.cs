namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements, with <paramref name="value"/> in the places where the mask is true; both broadcast.</summary>
    /// <remarks>Elements that are filled get a gradient of exactly 0.</remarks>
    /// <exception cref="DTypeException">The mask is not of type bool.</exception>
    public Tensor MaskedFill(Tensor mask, double value) => MaskedFill(mask, Scalar(value, this));

    /// <inheritdoc cref="MaskedFill(Tensor, double)"/>
    public Tensor MaskedFill(Tensor mask, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(value);
        Tensor x = this;
        if (x.DType != value.DType)
            ElementType.Meet(ref x, ref value, takesIntegers: true);
        return Choose(Truth(mask, nameof(MaskedFill)), value, x, nameof(MaskedFill));
    }
}
