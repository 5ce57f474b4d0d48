namespace ChainRule.Nn;

/// <summary>The keys and values of the places that a <see cref="MultiheadAttention"/> has seen, so that a sequence can be continued without computing them again.</summary>
/// <remarks>One for each attention layer and sequence (or batch of sequences).</remarks>
public sealed class KeyValueCache
{
    /// <summary>The keys, [batch, heads, places, size of a head]; null at the beginning.</summary>
    public Tensor? Key { get; private set; }

    /// <summary>The values, of the same shape.</summary>
    public Tensor? Value { get; private set; }

    /// <summary>How many places were seen.</summary>
    public long Length => Key?.Shape[^2] ?? 0;

    /// <summary>Forgets all places, to begin another sequence.</summary>
    public void Clear() => (Key, Value) = (null, null);

    /// <summary>Adds places; returns all keys and all values.</summary>
    internal (Tensor Key, Tensor Value) Append(Tensor key, Tensor value)
    {
        if (Key is { } known && known.Shape.With(2, 0) != key.Shape.With(2, 0))
            throw new ShapeException($"KeyValueCache: keys of shape {key.Shape} do not continue those of shape {known.Shape}. Use a cache for each layer and sequence, and Clear() it for the next.");
        (Key, Value) = (Key is null ? key : Tensor.Concat([Key, key], 2), Value is null ? value : Tensor.Concat([Value, value], 2));
        return (Key, Value);
    }
}
