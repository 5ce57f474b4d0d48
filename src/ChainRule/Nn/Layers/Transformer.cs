namespace ChainRule.Nn;

/// <summary>An encoder and a decoder that turn sequences of vectors into others: embeddings and positions come before it, an output layer behind.</summary>
/// <remarks>As PyTorch's, with a normalization behind both. Vaswani et al., "Attention is all you need", 2017.</remarks>
public sealed class Transformer : Module
{
    /// <summary>Makes a Transformer whose matrices have Xavier's initial values.</summary>
    /// <param name="size">Numbers at a place; the heads divide it.</param>
    /// <param name="heads">How many heads the attention has.</param>
    /// <param name="encoderLayers">The layers of the encoder.</param>
    /// <param name="decoderLayers">The layers of the decoder.</param>
    /// <param name="feedForward">Numbers between the two linear layers.</param>
    /// <param name="dropout">The probability with which something is dropped while training.</param>
    /// <param name="activation">Makes what stands between the two linear layers of each layer; <see cref="Relu"/> if not given.</param>
    /// <param name="normFirst">Whether normalization comes before attention and linear layers instead of behind their sums.</param>
    /// <param name="batchFirst">Whether inputs are [batch, places, size]; else [places, batch, size]. [places, size] is taken in any case.</param>
    /// <param name="epsilon">Added to the variance by normalization.</param>
    /// <param name="key">Draws the initial values and what is dropped; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public Transformer(int size = 512, int heads = 8, int encoderLayers = 6, int decoderLayers = 6, int feedForward = 2048, double dropout = 0.1, Func<Module>? activation = null, bool normFirst = false, bool batchFirst = false, double epsilon = 1e-5, RandomKey? key = null, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(encoderLayers, 0, nameof(Transformer), nameof(encoderLayers));
        Bounds.AtLeast(decoderLayers, 0, nameof(Transformer), nameof(decoderLayers));
        TransformerSettings.Require(nameof(Transformer), size, heads, feedForward, dropout, epsilon, rotary: null, dtype);
        RandomKey source = key ?? RandomKey.Next(), first = source.Child(0), second = source.Child(1);
        Encoder = new TransformerEncoder(
            Enumerable.Range(0, encoderLayers).Select(i => new TransformerEncoderLayer(size, heads, feedForward, dropout, activation?.Invoke(), normFirst, batchFirst, epsilon, key: first.Child(i), dtype: dtype)),
            new LayerNorm([size], epsilon, dtype: dtype));
        Decoder = new TransformerDecoder(
            Enumerable.Range(0, decoderLayers).Select(i => new TransformerDecoderLayer(size, heads, feedForward, dropout, activation?.Invoke(), normFirst, batchFirst, epsilon, key: second.Child(i), dtype: dtype)),
            new LayerNorm([size], epsilon, dtype: dtype));
        InitializeMatrices(source.Child(2), dtype);
    }

    /// <summary>The encoder.</summary>
    public TransformerEncoder Encoder { get; }

    /// <summary>The decoder.</summary>
    public TransformerDecoder Decoder { get; }

    /// <summary>The sequence is source and target.</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Decoder.Forward(x, Encoder.Forward(x, null));
    }

    /// <summary>Encodes the source and decodes the target beside it.</summary>
    /// <param name="source">The sequences to encode.</param>
    /// <param name="target">The sequences to decode; the result has their shape.</param>
    /// <param name="sourceMask">[places, places] of the source, true or -∞ where a place may not see another.</param>
    /// <param name="targetMask">The same of the target.</param>
    /// <param name="memoryMask">[places of the target, places of the source], the same between both.</param>
    /// <param name="sourceKeyPaddingMask">[batch, places], true or -∞ for padding of the source.</param>
    /// <param name="targetKeyPaddingMask">The same of the target.</param>
    /// <param name="memoryKeyPaddingMask">The same of the source as the decoder sees it.</param>
    /// <param name="targetIsCausal">Whether a place of the target sees only itself and those before it.</param>
    public Tensor Forward(Tensor source, Tensor target, Tensor? sourceMask = null, Tensor? targetMask = null, Tensor? memoryMask = null, Tensor? sourceKeyPaddingMask = null, Tensor? targetKeyPaddingMask = null, Tensor? memoryKeyPaddingMask = null, bool targetIsCausal = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        Tensor memory = Encoder.Forward(source, sourceMask, sourceKeyPaddingMask);
        return Applied(source, Decoder.Forward(target, memory, targetMask, memoryMask, targetKeyPaddingMask, memoryKeyPaddingMask, targetIsCausal));
    }

    /// <summary>For example <c>Transformer(6 + 6 layers)</c>.</summary>
    public override string ToString() => $"Transformer({Encoder.Layers.Count} + {Decoder.Layers.Count} layers)";

    private void InitializeMatrices(RandomKey key, DType dtype)
    {
        using (new NoGrad())
        {
            foreach ((int i, Tensor parameter) in Parameters().Index())
            {
                if (parameter.Rank > 1)
                    parameter.CopyFrom(Initialize.XavierUniform(parameter.Shape, key.Child(i), dtype: dtype));
            }
        }
    }
}
