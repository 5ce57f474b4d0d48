namespace ChainRule.Nn;

/// <summary>A layer of a Transformer's decoder: self-attention, attention to what an encoder made, then two linear layers with an activation between, each beside a path that leads past and each normalized.</summary>
/// <inheritdoc cref="TransformerEncoderLayer" path="/remarks"/>
public sealed class TransformerDecoderLayer : Module
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
    public TransformerDecoderLayer(int size, int heads, int feedForward = 2048, double dropout = 0.1, Module? activation = null, bool normFirst = false, bool batchFirst = false, double epsilon = 1e-5, RotaryEncoding? rotary = null, RandomKey? key = null, DType dtype = DType.Float32)
    {
        TransformerSettings.Require(nameof(TransformerDecoderLayer), size, heads, feedForward, dropout, epsilon, rotary, dtype);
        RandomKey source = key ?? RandomKey.Next();
        (_normFirst, _batchFirst) = (normFirst, batchFirst);
        SelfAttn = new MultiheadAttention(size, heads, dropout, batchFirst: batchFirst, rotary: rotary, key: source.Child(0), dtype: dtype);
        MultiheadAttn = new MultiheadAttention(size, heads, dropout, batchFirst: batchFirst, key: source.Child(1), dtype: dtype);
        Linear1 = new Linear(size, feedForward, source.Child(2), dtype: dtype);
        Dropout = new Dropout(dropout, source.Child(3));
        Linear2 = new Linear(feedForward, size, source.Child(4), dtype: dtype);
        (Norm1, Norm2, Norm3) = (new LayerNorm([size], epsilon, dtype: dtype), new LayerNorm([size], epsilon, dtype: dtype), new LayerNorm([size], epsilon, dtype: dtype));
        (Dropout1, Dropout2, Dropout3) = (new Dropout(dropout, source.Child(5)), new Dropout(dropout, source.Child(6)), new Dropout(dropout, source.Child(7)));
        Activation = activation ?? new Relu();
    }

    /// <summary>The attention of the places to each other.</summary>
    public MultiheadAttention SelfAttn { get; }

    /// <summary>The attention to what the encoder made.</summary>
    public MultiheadAttention MultiheadAttn { get; }

    /// <summary>The first of the two linear layers.</summary>
    public Linear Linear1 { get; }

    /// <summary>Drops numbers between the linear layers.</summary>
    public Dropout Dropout { get; }

    /// <summary>The second of the two linear layers.</summary>
    public Linear Linear2 { get; }

    /// <summary>Normalizes around the self-attention.</summary>
    public LayerNorm Norm1 { get; }

    /// <summary>Normalizes around the attention to the encoder.</summary>
    public LayerNorm Norm2 { get; }

    /// <summary>Normalizes around the linear layers.</summary>
    public LayerNorm Norm3 { get; }

    /// <summary>Drops numbers behind the self-attention.</summary>
    public Dropout Dropout1 { get; }

    /// <summary>Drops numbers behind the attention to the encoder.</summary>
    public Dropout Dropout2 { get; }

    /// <summary>Drops numbers behind the linear layers.</summary>
    public Dropout Dropout3 { get; }

    /// <summary>What stands between the two linear layers.</summary>
    public Module Activation { get; }

    /// <summary>The sequence attends to itself in both places.</summary>
    public override Tensor Forward(Tensor x) => Around(x, x, places => SelfAttn.Forward(places, places, places), places => MultiheadAttn.Forward(places, x, x));

    /// <summary>The sequence attends to itself and to what an encoder made, as far as masks allow.</summary>
    /// <param name="x">The sequences.</param>
    /// <param name="memory">What the encoder made.</param>
    /// <param name="mask">[places, places], true or -∞ where a place may not see another.</param>
    /// <param name="memoryMask">[places, places of the memory], the same for the memory.</param>
    /// <param name="keyPaddingMask">[batch, places], true or -∞ for padding of the sequences.</param>
    /// <param name="memoryKeyPaddingMask">[batch, places of the memory], the same for the memory.</param>
    /// <param name="isCausal">Whether a place sees only itself and those before it.</param>
    public Tensor Forward(Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, Tensor? keyPaddingMask = null, Tensor? memoryKeyPaddingMask = null, bool isCausal = false) =>
        Applied(x, Around(x, memory, places => SelfAttn.Forward(places, places, places, keyPaddingMask, mask, isCausal), places => MultiheadAttn.Forward(places, memory, memory, memoryKeyPaddingMask, memoryMask)));

    /// <summary>The next places of a sequence, of which a cache knows those before: the same as causal self-attention of the whole.</summary>
    /// <param name="x">One place or more.</param>
    /// <param name="memory">What the encoder made.</param>
    /// <param name="cache">What the self-attention saw before; x is added to it.</param>
    /// <param name="memoryKeyPaddingMask">[batch, places of the memory], true or -∞ for padding of the memory.</param>
    public Tensor Continue(Tensor x, Tensor memory, KeyValueCache cache, Tensor? memoryKeyPaddingMask = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return Applied(x, Around(x, memory, places => SelfAttn.Continue(places, cache), places => MultiheadAttn.Forward(places, memory, memory, memoryKeyPaddingMask)));
    }

    /// <summary>For example <c>TransformerDecoderLayer(512, heads: 8, 2048, Relu)</c>.</summary>
    public override string ToString() => TransformerText.Of(this, SelfAttn, Linear1, Activation, _normFirst);

    private Tensor Around(Tensor x, Tensor memory, Func<Tensor, Tensor> attend, Func<Tensor, Tensor> look)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(memory);
        Require(x, "input");
        Require(memory, "memory");
        if (_normFirst)
        {
            x += Dropout1.Apply(attend(Norm1.Apply(x)));
            x += Dropout2.Apply(look(Norm2.Apply(x)));
            return x + FeedForward(Norm3.Apply(x));
        }
        x = Norm1.Apply(x + Dropout1.Apply(attend(x)));
        x = Norm2.Apply(x + Dropout2.Apply(look(x)));
        return Norm3.Apply(x + FeedForward(x));
    }

    private void Require(Tensor x, string argument)
    {
        Places.Of(x, Linear1.Weight.Value.Shape[1], _batchFirst, this, argument);
        InputType.Require(x, Linear1.Weight, this, argument);
    }

    private Tensor FeedForward(Tensor x) => Dropout3.Apply(Linear2.Apply(Dropout.Apply(Activation.Apply(Linear1.Apply(x)))));
}
