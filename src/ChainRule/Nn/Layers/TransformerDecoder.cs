namespace ChainRule.Nn;

/// <summary>Decoder layers one after the other, and perhaps a normalization at the end.</summary>
public sealed class TransformerDecoder : Module
{
    /// <summary>Makes the sequence.</summary>
    /// <param name="layers">The layers, each with parameters of its own.</param>
    /// <param name="norm">The normalization at the end, as is needed if layers normalize first; null for none.</param>
    public TransformerDecoder(IEnumerable<TransformerDecoderLayer> layers, LayerNorm? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (Layers, Norm) = ([.. layers], norm);
        if (Layers.Contains(null!))
            throw new ArgumentNullException(nameof(layers), "TransformerDecoder: one of the layers is null.");
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<TransformerDecoderLayer> Layers { get; }

    /// <summary>The normalization at the end, or null.</summary>
    public LayerNorm? Norm { get; }

    /// <summary>The sequence attends to itself in all places.</summary>
    public override Tensor Forward(Tensor x) => Through(x, x, (layer, places) => layer.Forward(places, x));

    /// <summary>The sequence attends to itself and to what an encoder made, as far as masks allow.</summary>
    /// <inheritdoc cref="TransformerDecoderLayer.Forward(Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, bool)"/>
    public Tensor Forward(Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, Tensor? keyPaddingMask = null, Tensor? memoryKeyPaddingMask = null, bool isCausal = false) =>
        Applied(x, Through(x, memory, (layer, places) => layer.Forward(places, memory, mask, memoryMask, keyPaddingMask, memoryKeyPaddingMask, isCausal)));

    /// <summary>The next places of a sequence, of which caches know those before: the same as causal self-attention of the whole.</summary>
    /// <param name="x">One place or more.</param>
    /// <param name="memory">What the encoder made.</param>
    /// <param name="caches">One for each layer; x is added to them.</param>
    /// <param name="memoryKeyPaddingMask">[batch, places of the memory], true or -∞ for padding of the memory.</param>
    public Tensor Continue(Tensor x, Tensor memory, IReadOnlyList<KeyValueCache> caches, Tensor? memoryKeyPaddingMask = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(caches);
        if (caches.Count != Layers.Count)
            throw new ArgumentException($"{this}: {caches.Count} caches do not fit {Layers.Count} layers; make one for each with Caches().", nameof(caches));
        int next = 0;
        return Applied(x, Through(x, memory, (layer, places) => layer.Continue(places, memory, caches[next++], memoryKeyPaddingMask)));
    }

    /// <summary>Empty caches, one for each layer.</summary>
    public KeyValueCache[] Caches() => [.. Layers.Select(_ => new KeyValueCache())];

    /// <summary>For example <c>TransformerDecoder(6 layers)</c>.</summary>
    public override string ToString() => $"TransformerDecoder({Layers.Count} layers)";

    private Tensor Through(Tensor x, Tensor memory, Func<TransformerDecoderLayer, Tensor, Tensor> run)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(memory);
        foreach (TransformerDecoderLayer layer in Layers)
            x = run(layer, x);
        return Norm is null ? x : Norm.Apply(x);
    }
}
