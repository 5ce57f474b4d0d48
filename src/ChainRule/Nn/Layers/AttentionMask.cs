namespace ChainRule.Nn;

/// <summary>The masks of <see cref="MultiheadAttention"/>, true where something is left out, as one mask of <see cref="Tensor.ScaledDotProductAttention"/>, true where it takes part.</summary>
internal static class AttentionMask
{
    /// <summary>Both masks as one of [batch or 1, heads or 1, queries or 1, places]; null if there is none.</summary>
    /// <param name="padding">[batch, places], or [places] without a batch.</param>
    /// <param name="attention">[queries, places], [batch·heads, queries, places] or [batch, heads, queries, places].</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="scores">The shape that both must stretch to, [batch, heads, queries, places].</param>
    /// <param name="layer">The layer, for messages.</param>
    public static Tensor? Of(Tensor? padding, Tensor? attention, long heads, Shape scores, Module layer)
    {
        Tensor? left = padding is null ? null : Padding(padding, scores, layer), right = attention is null ? null : Attention(attention, heads, scores, layer);
        if (left is null || right is null)
            return Taken(left ?? right);
        if (left.DType == DType.Bool && right.DType == DType.Bool)
            return left.Or(right).Not();
        return Added(left) + Added(right);
    }

    private static Tensor Padding(Tensor mask, Shape scores, Module layer)
    {
        bool fits = mask.Rank is 1 or 2 && mask.Shape[^1] == scores[3] && (mask.Rank == 1 ? scores[0] == 1 : mask.Shape[0] == scores[0]);
        Require(fits, mask, $"[{scores[0]}, {scores[3]}], [batch, places]", "key padding mask", layer);
        return mask.Reshape(mask.Rank == 1 ? 1 : mask.Shape[0], 1, 1, scores[3]);
    }

    private static Tensor Attention(Tensor mask, long heads, Shape scores, Module layer)
    {
        bool fits = mask.Rank is >= 2 and <= 4 && mask.Shape[^1] == scores[3] && mask.Shape[^2] == scores[2]
            && (mask.Rank != 3 || mask.Shape[0] == scores[0] * heads) && (mask.Rank != 4 || (mask.Shape[0] == scores[0] && mask.Shape[1] == heads));
        Require(fits, mask, $"[{scores[2]}, {scores[3]}], [queries, places], or have {scores[0]}·{heads} of them, one for each example and head", "attention mask", layer);
        return mask.Rank == 3 ? mask.Reshape(scores) : mask;
    }

    private static void Require(bool fits, Tensor mask, string shape, string name, Module layer)
    {
        if (mask.DType is DType.Int32 or DType.Int64)
            throw new DTypeException($"{layer}: the {name} is {mask.DType.Lower()}{mask.Shape}, but must be bool, true where a place is left out, or numbers that are added to the scores.");
        if (!fits)
            throw new ShapeException($"{layer}: the {name} has shape {mask.Shape}, but must be {shape}.");
    }

    private static Tensor? Taken(Tensor? mask) => mask is null || mask.DType != DType.Bool ? mask : mask.Not();

    private static Tensor Added(Tensor mask) =>
        mask.DType != DType.Bool ? mask : Tensor.Where(mask, double.NegativeInfinity, Tensor.Zeros(mask.Shape));
}
