namespace ChainRule.Nn;

/// <summary>Where the places of a sequence lie: [batch, places, size] or [places, batch, size], and [places, size] without a batch.</summary>
internal static class Places
{
    /// <summary>The number of places; throws if the shape does not fit.</summary>
    public static long Of(Tensor x, long size, bool batchFirst, Module layer, string argument = "input")
    {
        if (x.Rank is not (2 or 3) || x.Shape[^1] != size)
            throw new ShapeException($"{layer}: the {argument} has shape {x.Shape}, but must be {(batchFirst ? "[batch, places, " : "[places, batch, ")}{size}], or without the batch.");
        return batchFirst || x.Rank == 2 ? x.Shape[^2] : x.Shape[0];
    }

    /// <summary>[places, size] as it stretches to an input.</summary>
    public static Tensor Beside(Tensor places, Tensor x, bool batchFirst) => batchFirst || x.Rank == 2 ? places : places.Unsqueeze(1);
}
