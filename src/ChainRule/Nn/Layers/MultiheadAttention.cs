using System.Globalization;

namespace ChainRule.Nn;

/// <summary>
/// Attention in several heads: queries, keys and values are projected, each head attends to its part of the numbers, see
/// <see cref="Tensor.ScaledDotProductAttention"/>, and what all heads found is projected once more.
/// </summary>
/// <remarks>
/// Masks are PyTorch's of this layer: true is left out, the opposite of <see cref="Tensor.ScaledDotProductAttention"/>'s. A query that sees
/// nothing finds 0 where PyTorch finds NaN. Vaswani et al., "Attention is all you need", 2017.
/// </remarks>
public sealed partial class MultiheadAttention : Module
{
    private readonly int _size, _heads, _keySize, _valueSize;
    private readonly bool _batchFirst;
    private readonly RotaryEncoding? _rotary;

    /// <summary>Makes a layer with the initial values of PyTorch: Xavier for the projections, biases 0.</summary>
    /// <param name="size">Numbers at a place of the queries and of the result; the heads divide it.</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="dropout">The probability with which a weight of the attention is dropped while training.</param>
    /// <param name="bias">Whether the projections have biases.</param>
    /// <param name="keySize">Numbers at a place of the keys; size if not given.</param>
    /// <param name="valueSize">Numbers at a place of the values; size if not given.</param>
    /// <param name="batchFirst">Whether inputs are [batch, places, size]; else [places, batch, size]. [places, size] is taken in any case.</param>
    /// <param name="rotary">Turns queries and keys of each head by their places; null for none.</param>
    /// <param name="key">Draws the initial values and the dropped weights; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public MultiheadAttention(int size, int heads, double dropout = 0, bool bias = true, int? keySize = null, int? valueSize = null, bool batchFirst = false, RotaryEncoding? rotary = null, RandomKey? key = null, DType dtype = DType.Float32)
    {
        RequireSizes(nameof(MultiheadAttention), size, heads, dropout, rotary, dtype);
        (_size, _heads, _keySize, _valueSize, _batchFirst, _rotary) = (size, heads, keySize ?? size, valueSize ?? size, batchFirst, rotary);
        Bounds.AtLeast(_keySize, 1, nameof(MultiheadAttention), nameof(keySize));
        Bounds.AtLeast(_valueSize, 1, nameof(MultiheadAttention), nameof(valueSize));
        RandomKey source = key ?? RandomKey.Next();
        if (_keySize == size && _valueSize == size)
            InProjWeight = new(Initialize.XavierUniform([3L * size, size], source.Child(0), dtype: dtype));
        else
            (QProjWeight, KProjWeight, VProjWeight) = (Projection(size, 0), Projection(_keySize, 1), Projection(_valueSize, 2));
        InProjBias = bias ? new(Tensor.Zeros([3L * size], dtype)) : null;
        OutProj = new Linear(size, size, source.Child(3), bias, dtype);
        using (new NoGrad())
            OutProj.Bias?.Value.Fill(0);
        Dropout = new Dropout(dropout, source.Child(4));

        Parameter Projection(int inputs, int child) => new(Initialize.XavierUniform([size, inputs], source.Child(child), dtype: dtype));
    }

    /// <summary>How many heads.</summary>
    public int Heads => _heads;

    /// <summary>The projections of queries, keys and values below each other, [3·size, size]; null if keys or values have another size.</summary>
    public Parameter? InProjWeight { get; }

    /// <summary>The projection of queries, [size, size], where the three are apart.</summary>
    public Parameter? QProjWeight { get; }

    /// <summary>The projection of keys, [size, key size], where the three are apart.</summary>
    public Parameter? KProjWeight { get; }

    /// <summary>The projection of values, [size, value size], where the three are apart.</summary>
    public Parameter? VProjWeight { get; }

    /// <summary>The biases of the three projections, [3·size], or null for none.</summary>
    public Parameter? InProjBias { get; }

    /// <summary>The projection of what the heads found.</summary>
    public Linear OutProj { get; }

    /// <summary>Drops weights of the attention.</summary>
    public Dropout Dropout { get; }

    /// <summary>The places attend to each other.</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Attended(x, x, x).Output;
    }

    /// <summary>Each query finds a mean of the values, weighted by its fit to the keys.</summary>
    /// <param name="query">The queries, shaped as the layer was told; the result has their shape.</param>
    /// <param name="key">The keys.</param>
    /// <param name="value">The values, as many as keys.</param>
    /// <param name="keyPaddingMask">[batch, places]: bool, true for padding that nobody may see, or numbers that are added to the scores.</param>
    /// <param name="attentionMask">[queries, places], or [batch·heads, queries, places]: bool, true where a query may not see a place, or numbers that are added to the scores.</param>
    /// <param name="isCausal">Whether query i sees only places 0 to i, besides what the masks say.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">A mask is of integers, or an input has another type than the parameters.</exception>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Tensor? keyPaddingMask = null, Tensor? attentionMask = null, bool isCausal = false) =>
        ForwardWithWeights(query, key, value, keyPaddingMask, attentionMask, isCausal).Output;

    /// <summary>The same with the weights by which each head looked, [batch, heads, queries, places] or without the batch, before any dropout.</summary>
    /// <inheritdoc cref="Forward(Tensor, Tensor, Tensor, Tensor?, Tensor?, bool)"/>
    public (Tensor Output, Tensor Weights) ForwardWithWeights(Tensor query, Tensor key, Tensor value, Tensor? keyPaddingMask = null, Tensor? attentionMask = null, bool isCausal = false)
    {
        (Tensor output, Tensor weights) = Attended(query, key, value, keyPaddingMask, attentionMask, isCausal);
        return (Applied(query, output), weights);
    }

    /// <summary>The places attend to themselves and to those before them, of which a cache knows the keys and values: the same as causal attention of the whole sequence.</summary>
    /// <param name="x">The next places of the sequence, one or more.</param>
    /// <param name="cache">What was seen before; x is added to it.</param>
    public Tensor Continue(Tensor x, KeyValueCache cache)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(cache);
        Require(x, x, x);
        (Tensor q, Tensor k, Tensor v) = Projected(x, x, x);
        long before = cache.Length;
        (k, v) = cache.Append(Turned(k, before), v);
        Tensor? isEarlier = q.Shape[2] == 1 ? null // a single place sees all
            : Tensor.Arange(0, k.Shape[2], 1, DType.Int64) <= Tensor.Arange(before, k.Shape[2], 1, DType.Int64).Unsqueeze(1);
        return Applied(x, Joined(Turned(q, before).Attend(k, v, isEarlier, change: Dropout.Apply).Output, x.Rank));
    }

    /// <summary>For example <c>MultiheadAttention(512, heads: 8)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"MultiheadAttention({_size}, heads: {_heads}{(InProjWeight is null ? $", keys: {_keySize}, values: {_valueSize}" : "")}{(InProjBias is null ? ", no bias" : "")})");
}
