namespace ChainRule.Nn;

/// <summary>A layer of a Transformer's encoder: self-attention, then two linear layers with an activation between, each beside a path that leads past and each normalized.</summary>
/// <remarks>The parts have PyTorch's names. Vaswani et al., "Attention is all you need", 2017; with the norm first: Xiong et al., "On layer normalization in the Transformer architecture", 2020.</remarks>
public sealed class TransformerEncoderLayer : Module
{
    private readonly bool _normFirst, _batchFirst;

    /// <summary>Makes a layer.</summary>
    /// <param name="size">Numbers at a place; the heads divide it.</param>
    /// <param name="heads">How many heads the attention has.</param>
    /// <param name="feedForward">Numbers between the two linear layers.</param>
    /// <param name="dropout">The probability with which something is dropped while training.</param>
    /// <param name="activation">What stands between the two linear layers; <see cref="Relu"/> if not given.</param>
    /// <param name="normFirst">Whether normalization comes before attention and linear layers instead of behind their sums.</param>
    /// <param name="batchFirst">Whether inputs are [batch, places, size]; else [places, batch, size]. [places, size] is taken in any case.</param>
    /// <param name="epsilon">Added to the variance by normalization.</param>
    /// <param name="rotary">Turns queries and keys of the self-attention by their places; null for none.</param>
    /// <param name="key">Draws the initial values and what is dropped; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public TransformerEncoderLayer(int size, int heads, int feedForward = 2048, double dropout = 0.1, Module? activation = null, bool normFirst = false, bool batchFirst = false, double epsilon = 1e-5, RotaryEncoding? rotary = null, RandomKey? key = null, DType dtype = DType.Float32)
    {
        TransformerSettings.Require(nameof(TransformerEncoderLayer), size, heads, feedForward, dropout, epsilon, rotary, dtype);
        RandomKey source = key ?? RandomKey.Next();
        (_normFirst, _batchFirst) = (normFirst, batchFirst);
        SelfAttn = new MultiheadAttention(size, heads, dropout, batchFirst: batchFirst, rotary: rotary, key: source.Child(0), dtype: dtype);
        Linear1 = new Linear(size, feedForward, source.Child(1), dtype: dtype);
        Dropout = new Dropout(dropout, source.Child(2));
        Linear2 = new Linear(feedForward, size, source.Child(3), dtype: dtype);
        (Norm1, Norm2) = (new LayerNorm([size], epsilon, dtype: dtype), new LayerNorm([size], epsilon, dtype: dtype));
        (Dropout1, Dropout2) = (new Dropout(dropout, source.Child(4)), new Dropout(dropout, source.Child(5)));
        Activation = activation ?? new Relu();
    }

    /// <summary>The attention of the places to each other.</summary>
    public MultiheadAttention SelfAttn { get; }

    /// <summary>The first of the two linear layers.</summary>
    public Linear Linear1 { get; }

    /// <summary>Drops numbers between the linear layers.</summary>
    public Dropout Dropout { get; }

    /// <summary>The second of the two linear layers.</summary>
    public Linear Linear2 { get; }

    /// <summary>Normalizes around the attention.</summary>
    public LayerNorm Norm1 { get; }

    /// <summary>Normalizes around the linear layers.</summary>
    public LayerNorm Norm2 { get; }

    /// <summary>Drops numbers behind the attention.</summary>
    public Dropout Dropout1 { get; }

    /// <summary>Drops numbers behind the linear layers.</summary>
    public Dropout Dropout2 { get; }

    /// <summary>What stands between the two linear layers.</summary>
    public Module Activation { get; }

    /// <summary>All places attend to all.</summary>
    public override Tensor Forward(Tensor x) => Around(x, places => SelfAttn.Forward(places, places, places));

    /// <summary>The places attend to each other as far as masks allow.</summary>
    /// <param name="x">The sequences.</param>
    /// <param name="mask">See <see cref="MultiheadAttention"/>: [places, places], true or -∞ where a place may not see another.</param>
    /// <param name="keyPaddingMask">[batch, places], true or -∞ for padding.</param>
    /// <param name="isCausal">Whether a place sees only itself and those before it.</param>
    public Tensor Forward(Tensor x, Tensor? mask, Tensor? keyPaddingMask = null, bool isCausal = false) =>
        Applied(x, Around(x, places => SelfAttn.Forward(places, places, places, keyPaddingMask, mask, isCausal)));

    /// <summary>The next places of a sequence, of which a cache knows those before: the same as causal attention of the whole.</summary>
    /// <param name="x">One place or more.</param>
    /// <param name="cache">What was seen before; x is added to it.</param>
    public Tensor Continue(Tensor x, KeyValueCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return Applied(x, Around(x, places => SelfAttn.Continue(places, cache)));
    }

    /// <summary>For example <c>TransformerEncoderLayer(512, heads: 8, 2048, Relu, norm first)</c>.</summary>
    public override string ToString() => TransformerText.Of(this, SelfAttn, Linear1, Activation, _normFirst);

    private Tensor Around(Tensor x, Func<Tensor, Tensor> attend)
    {
        ArgumentNullException.ThrowIfNull(x);
        Require(x, "input");
        if (_normFirst)
        {
            x += Dropout1.Apply(attend(Norm1.Apply(x)));
            return x + FeedForward(Norm2.Apply(x));
        }
        x = Norm1.Apply(x + Dropout1.Apply(attend(x)));
        return Norm2.Apply(x + FeedForward(x));
    }

    private void Require(Tensor x, string argument)
    {
        Places.Of(x, Linear1.Weight.Value.Shape[1], _batchFirst, this, argument);
        InputType.Require(x, Linear1.Weight, this, argument);
    }

    private Tensor FeedForward(Tensor x) => Dropout2.Apply(Linear2.Apply(Dropout.Apply(Activation.Apply(Linear1.Apply(x)))));
}
