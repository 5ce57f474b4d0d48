namespace ChainRule.Nn;

/// <summary>Encoder layers one after the other, and perhaps a normalization at the end. With causal attention it is a decoder without an encoder, as in GPT.</summary>
public sealed class TransformerEncoder : Module
{
    /// <summary>Makes the sequence.</summary>
    /// <param name="layers">The layers, each with parameters of its own.</param>
    /// <param name="norm">The normalization at the end, as is needed if layers normalize first; null for none.</param>
    public TransformerEncoder(IEnumerable<TransformerEncoderLayer> layers, LayerNorm? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (Layers, Norm) = ([.. layers], norm);
        if (Layers.Contains(null!))
            throw new ArgumentNullException(nameof(layers), "TransformerEncoder: one of the layers is null.");
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<TransformerEncoderLayer> Layers { get; }

    /// <summary>The normalization at the end, or null.</summary>
    public LayerNorm? Norm { get; }

    /// <summary>All places attend to all.</summary>
    public override Tensor Forward(Tensor x) => Through(x, (layer, places) => layer.Forward(places, null));

    /// <summary>The places attend to each other as far as masks allow.</summary>
    /// <inheritdoc cref="TransformerEncoderLayer.Forward(Tensor, Tensor?, Tensor?, bool)"/>
    public Tensor Forward(Tensor x, Tensor? mask, Tensor? keyPaddingMask = null, bool isCausal = false) =>
        Applied(x, Through(x, (layer, places) => layer.Forward(places, mask, keyPaddingMask, isCausal)));

    /// <summary>The next places of a sequence, of which caches know those before: the same as causal attention of the whole.</summary>
    /// <param name="x">One place or more.</param>
    /// <param name="caches">One for each layer; x is added to them.</param>
    public Tensor Continue(Tensor x, IReadOnlyList<KeyValueCache> caches)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(caches);
        if (caches.Count != Layers.Count)
            throw new ArgumentException($"{this}: {caches.Count} caches do not fit {Layers.Count} layers; make one for each with Caches().", nameof(caches));
        int next = 0;
        return Applied(x, Through(x, (layer, places) => layer.Continue(places, caches[next++])));
    }

    /// <summary>Empty caches, one for each layer.</summary>
    public KeyValueCache[] Caches() => [.. Layers.Select(_ => new KeyValueCache())];

    /// <summary>For example <c>TransformerEncoder(6 layers)</c>.</summary>
    public override string ToString() => $"TransformerEncoder({Layers.Count} layers)";

    private Tensor Through(Tensor x, Func<TransformerEncoderLayer, Tensor, Tensor> run)
    {
        ArgumentNullException.ThrowIfNull(x);
        foreach (TransformerEncoderLayer layer in Layers)
            x = run(layer, x);
        return Norm is null ? x : Norm.Apply(x);
    }
}
