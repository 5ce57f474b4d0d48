namespace ChainRule.Nn;

/// <summary>Adds to each place of a sequence a vector that is learned for it.</summary>
public sealed class LearnedEncoding : Module
{
    private readonly bool _batchFirst;

    /// <summary>Makes a table of normal numbers.</summary>
    /// <param name="places">The length of the longest sequence.</param>
    /// <param name="size">Numbers at a place, the size of the last axis.</param>
    /// <param name="batchFirst">Whether the input is [batch, places, size]; else [places, batch, size]. [places, size] is taken in any case.</param>
    /// <param name="deviation">The deviation of the initial numbers.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public LearnedEncoding(int places, int size, bool batchFirst = false, double deviation = 0.02, RandomKey? key = null, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(places, 1, nameof(LearnedEncoding), nameof(places));
        Bounds.AtLeast(size, 1, nameof(LearnedEncoding), nameof(size));
        Bounds.NotNegative(deviation, nameof(LearnedEncoding), nameof(deviation));
        dtype.RequireParameter(nameof(LearnedEncoding));
        _batchFirst = batchFirst;
        Weight = new(Tensor.Normal([places, size], key ?? RandomKey.Next(), 0, deviation, dtype));
    }

    /// <summary>The table, [places, size].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor table = Weight.Value;
        long length = Places.Of(x, table.Shape[1], _batchFirst, this);
        if (length > table.Shape[0])
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but only {table.Shape[0]} places were learned.");
        InputType.RequireFloating(x, Weight, this);
        return x + Places.Beside(table.Slice(0, 0, length), x, _batchFirst);
    }

    /// <summary>For example <c>LearnedEncoding(1024, 512)</c>.</summary>
    public override string ToString() => $"LearnedEncoding({Weight.Value.Shape[0]}, {Weight.Value.Shape[1]})";
}
