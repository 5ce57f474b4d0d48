namespace ChainRule.Nn;

/// <summary>
/// Turns each pair i of the numbers at place t by the angle t/base^(2i/size), so that the product of a query and a key depends on how far
/// apart they are only.
/// </summary>
/// <remarks>Su, Lu, Pan, Wen and Liu, "RoFormer: enhanced transformer with rotary position embedding", 2021. Nothing is learned.</remarks>
public sealed class RotaryEncoding : Module
{
    private readonly int _size;
    private readonly bool _isInterleaved;
    private readonly double _base;

    /// <summary>Makes the layer.</summary>
    /// <param name="size">Numbers at a place, in attention those of one head; even.</param>
    /// <param name="isInterleaved">Whether neighbours are a pair, as in the paper; else the numbers i and i + size/2, as in GPT-NeoX and Hugging Face's Llama.</param>
    /// <param name="wavelengths">The base, greater than 1.</param>
    public RotaryEncoding(int size, bool isInterleaved = true, double wavelengths = 10_000)
    {
        Bounds.AtLeast(size, 1, nameof(RotaryEncoding), nameof(size));
        if (size % 2 != 0)
            throw new ArgumentException($"RotaryEncoding: {size} numbers are no pairs; the size must be even.", nameof(size));
        Bounds.AboveOne(wavelengths, nameof(RotaryEncoding), nameof(wavelengths));
        (_size, _isInterleaved, _base) = (size, isInterleaved, wavelengths);
    }

    /// <summary>Numbers at a place.</summary>
    public int Size => _size;

    /// <summary>The input is [..., places, size], and its places count from 0.</summary>
    public override Tensor Forward(Tensor x) => Turned(x, 0);

    /// <summary>The same for a part of a sequence.</summary>
    /// <param name="x">[..., places, size].</param>
    /// <param name="start">The number of the first place.</param>
    public Tensor Forward(Tensor x, long start) => Applied(x, Turned(x, start));

    /// <summary>For example <c>RotaryEncoding(64)</c>.</summary>
    public override string ToString() => $"RotaryEncoding({_size}{(_isInterleaved ? "" : ", halves")})";

    private Tensor Turned(Tensor x, long start)
    {
        ArgumentNullException.ThrowIfNull(x);
        Bounds.AtLeast(start, 0, nameof(RotaryEncoding), nameof(start));
        if (x.Rank < 2 || x.Shape[^1] != _size)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [..., places, {_size}].");
        InputType.RequireFractions(x, this);
        long half = _size / 2;
        // In float64, so that far places keep their phase in float32 too.
        Tensor rates = Tensor.Full([half], _base, DType.Float64).Pow(Tensor.Arange(0, half, 1, DType.Float64) * (-2.0 / _size));
        Tensor angle = (Tensor.Arange(0, x.Shape[^2], 1, DType.Float64) + start).Unsqueeze(1) * rates; // [places, half]
        Tensor cos = angle.Cos().To(x.DType), sin = angle.Sin().To(x.DType);
        long step = _isInterleaved ? 2 : 1, second = _isInterleaved ? 1 : half;
        Tensor a = x.Slice(-1, 0, half, step), b = x.Slice(-1, second, half, step);
        (Tensor turnedA, Tensor turnedB) = (a * cos - b * sin, a * sin + b * cos);
        return _isInterleaved ? Tensor.Stack([turnedA, turnedB], -1).Reshape(x.Shape) : Tensor.Concat([turnedA, turnedB], -1);
    }
}
