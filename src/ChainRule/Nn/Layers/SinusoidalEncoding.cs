using System.Globalization;

namespace ChainRule.Nn;

/// <summary>Adds to each place t of a sequence waves that tell where it is: sin(t/base^(2i/size)) to number 2i, the cosine to number 2i + 1.</summary>
/// <remarks>Vaswani et al., "Attention is all you need", 2017. Any length will do; nothing is learned.</remarks>
public sealed class SinusoidalEncoding : Module
{
    private readonly int _size;
    private readonly bool _batchFirst;
    private readonly double _base;
    private Tensor _table;

    /// <summary>Makes the layer.</summary>
    /// <param name="size">Numbers at a place, the size of the last axis.</param>
    /// <param name="batchFirst">Whether the input is [batch, places, size]; else [places, batch, size]. [places, size] is taken in any case.</param>
    /// <param name="wavelengths">The base, greater than 1: the longest wave is 2π times as long.</param>
    public SinusoidalEncoding(int size, bool batchFirst = false, double wavelengths = 10_000)
    {
        Bounds.AtLeast(size, 1, nameof(SinusoidalEncoding), nameof(size));
        Bounds.AboveOne(wavelengths, nameof(SinusoidalEncoding), nameof(wavelengths));
        (_size, _batchFirst, _base) = (size, batchFirst, wavelengths);
        _table = Table(0);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        long length = Places.Of(x, _size, _batchFirst, this);
        InputType.RequireFractions(x, this);
        if (_table.Shape[0] < length)
            _table = Table(Math.Max(length, 2 * _table.Shape[0]));
        return x + Places.Beside(_table.Slice(0, 0, length).To(x.DType), x, _batchFirst);
    }

    /// <summary>For example <c>SinusoidalEncoding(512)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"SinusoidalEncoding({_size})");

    // In float64, so that far places keep their phase in float32 too.
    private Tensor Table(long length)
    {
        long half = (_size + 1L) / 2;
        Tensor rates = Tensor.Full([half], _base, DType.Float64).Pow(Tensor.Arange(0, half, 1, DType.Float64) * (-2.0 / _size));
        Tensor angle = Tensor.Arange(0, length, 1, DType.Float64).Unsqueeze(1) * rates; // [places, half]
        return Tensor.Stack([angle.Sin(), angle.Cos()], -1).Reshape(length, 2 * half).Slice(1, 0, _size);
    }
}
