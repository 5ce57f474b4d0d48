namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>softmax(scale·q·kᵀ + mask)·v: for each query q, a mean of the values v weighted by how well their keys k fit. This tensor holds the queries.</summary>
    /// <param name="key">k, [..., places, size]; the queries are [..., queries, size].</param>
    /// <param name="value">v, [..., places, width]; the result is [..., queries, width].</param>
    /// <param name="mask">
    /// What stretches to [..., queries, places]: bool, true where a place takes part, or numbers that are added to the scores, -∞ where it does not; null for none.
    /// </param>
    /// <param name="isCausal">Whether query i sees only places 0 to i, besides what the mask says.</param>
    /// <param name="scale">What the scores are multiplied by; 1/√size if not given.</param>
    /// <remarks>
    /// Leading axes are a batch and broadcast. A query that sees no place gets 0 with gradient 0; a place that no query sees, and a query that
    /// sees no place, count for nothing, even where they are NaN. Vaswani et al., "Attention is all you need", 2017.
    /// </remarks>
    /// <exception cref="ShapeException">There are fewer than two axes, or the shapes do not fit.</exception>
    /// <exception cref="DTypeException">The mask is of integers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not a finite number.</exception>
    public Tensor ScaledDotProductAttention(Tensor key, Tensor value, Tensor? mask = null, bool isCausal = false, double? scale = null)
    {
        RequireAttention(key, value, mask, scale);
        Tensor query = this;
        ElementType.Meet(ref query, ref key, takesIntegers: false);
        ElementType.Meet(ref query, ref value, takesIntegers: false);
        key = key.To(query.DType);
        Shape leading = LeadingOf(query.Shape);
        // With a mask, or with places that no query sees, there is more to take care of than blocks of scores.
        bool isWhole = mask is null && key.Shape[^2] > 0 && (!isCausal || key.Shape[^2] <= Shape[^2]);
        if (isWhole && leading == LeadingOf(key.Shape) && leading == LeadingOf(value.Shape))
            return new AttentionOp(ScaleOr(scale, query), isCausal).Apply(query, key, value);
        return query.Attend(key, value, mask, isCausal, scale).Output;
    }

    /// <summary>The same with its weights softmax(scale·q·kᵀ + mask), [..., queries, places].</summary>
    /// <param name="key">The keys.</param>
    /// <param name="value">The values.</param>
    /// <param name="mask">Which places take part.</param>
    /// <param name="isCausal">Whether a query sees only places up to its own.</param>
    /// <param name="scale">What the scores are multiplied by.</param>
    /// <param name="change">What becomes of the weights before they meet the values, such as a dropout.</param>
    internal (Tensor Output, Tensor Weights) Attend(Tensor key, Tensor value, Tensor? mask = null, bool isCausal = false, double? scale = null, Func<Tensor, Tensor>? change = null)
    {
        RequireAttention(key, value, mask, scale);
        Tensor query = this;
        ElementType.Meet(ref query, ref key, takesIntegers: false);
        ElementType.Meet(ref query, ref value, takesIntegers: false);
        key = key.To(query.DType);
        double factor = ScaleOr(scale, query);
        Tensor? takesPart = TakesPart(mask, isCausal, query.Shape[^2], key.Shape[^2]);
        if (takesPart is not null && (mask is not null || key.Shape[^2] > query.Shape[^2]))
        {
            // What nobody looks at becomes 0, since 0 times NaN is NaN in a product. Causal attention alone leaves out only places behind the last query.
            Tensor isSeen = takesPart.Any(-2).Unsqueeze(-1);
            (query, key, value) = (Where(takesPart.Any(-1, keepDims: true), query, 0), Where(isSeen, key, 0), Where(isSeen, value, 0));
        }
        Tensor scores = (query * factor).MatMul(key.T);
        if (mask is not null && mask.DType != DType.Bool)
            scores += mask.To(scores.DType);
        Tensor weights = (takesPart is null ? scores : Where(takesPart, scores, double.NegativeInfinity)).Softmax();
        return ((change is null ? weights : change(weights)).MatMul(value), weights);
    }

    // bool [..., queries, places] or null where every query sees every place. NaN in a mask is seen, so that it shows.
    private static Tensor? TakesPart(Tensor? mask, bool isCausal, long queries, long places)
    {
        Tensor? given = mask is null || mask.DType == DType.Bool ? mask : mask.Detach().NotEqualTo(double.NegativeInfinity);
        if (given is not null && (given.Rank < 2 || given.Shape[^2] != queries || given.Shape[^1] != places))
            given = given.BroadcastTo(Shape.Broadcast(given.Shape, Shape.Create([queries, places]), nameof(ScaledDotProductAttention)));
        if (!isCausal) return given;
        Tensor isEarlier = Arange(0, places, 1, DType.Int64) <= Arange(0, queries, 1, DType.Int64).Unsqueeze(1);
        return given is null ? isEarlier : given.And(isEarlier);
    }

    private static double ScaleOr(double? scale, Tensor query) => scale ?? 1 / Math.Sqrt(Math.Max(query.Shape[^1], 1));

    private static Shape LeadingOf(Shape shape) => Shape.Create(shape.Sizes[..^2]);

    private void RequireAttention(Tensor key, Tensor value, Tensor? mask, double? scale)
    {
        const string Operation = nameof(ScaledDotProductAttention);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (Rank < 2 || key.Rank < 2 || Shape[^1] != key.Shape[^1])
            throw new ShapeException($"{Operation}: queries of shape {Shape} and keys of shape {key.Shape} do not fit: they must be [..., queries, size] and [..., places, size].");
        if (value.Rank < 2 || value.Shape[^2] != key.Shape[^2])
            throw new ShapeException($"{Operation}: keys of shape {key.Shape} and values of shape {value.Shape} do not fit: they must be [..., places, size] and [..., places, width].");
        if (scale is { } factor && !double.IsFinite(factor))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, $"{Operation}: the scale must be a finite number.");
        Shape batch = Shape.Broadcast(Shape.Broadcast(LeadingOf(Shape), LeadingOf(key.Shape), Operation), LeadingOf(value.Shape), Operation);
        Shape scores = Shape.Create([.. batch.Sizes, Shape[^2], key.Shape[^2]]);
        if (mask is null) return;
        if (mask.DType is DType.Int32 or DType.Int64)
            throw new DTypeException($"{Operation}: the mask is {mask.DType.Lower()}{mask.Shape}, but must be bool, true where a place takes part, or numbers that are added to the scores.");
        Shape stretched = Shape.Broadcast(scores, mask.Shape, Operation);
        if (stretched[^1] != scores[^1] || stretched[^2] != scores[^2])
            throw new ShapeException($"{Operation}: the mask of shape {mask.Shape} does not stretch to the scores of {scores[^2]} queries and {scores[^1]} places, {scores}.");
    }
}
