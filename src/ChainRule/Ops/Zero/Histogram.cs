namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>How many elements lie in each of equally wide intervals (int64), and the edges of these, one more (float64).</summary>
    /// <remarks>An interval contains its lower edge, the last one also the upper. Elements outside and NaN are not counted. Without a range the values are read.</remarks>
    /// <param name="bins">How many intervals.</param>
    /// <param name="low">The first edge; the smallest element if none is given.</param>
    /// <param name="high">The last edge; the largest element if none is given.</param>
    /// <exception cref="ArgumentException">There is no interval, or the edges are not finite or in the wrong order.</exception>
    public (Tensor Counts, Tensor Edges) Histogram(long bins, double? low = null, double? high = null)
    {
        Bounds.AtLeast(bins, 1, nameof(Histogram), nameof(bins));
        if (bins == long.MaxValue)
            throw new ShapeException($"Histogram: {bins} bins have more than 2^63 - 1 edges.");
        if (low is null || high is null)
            RequireReadable(nameof(Histogram));
        Tensor x = Detach().To(DType.Float64).Flatten();
        double first = low ?? (ElementCount == 0 ? 0 : x.Min().Item<double>()), last = high ?? (ElementCount == 0 ? 1 : x.Max().Item<double>());
        if (!(first <= last) || !double.IsFinite(first) || !double.IsFinite(last))
            throw new ArgumentException($"Histogram: the range from {first} to {last} must be finite and in order.");
        if (first == last)
            (first, last) = (first - 0.5, last + 0.5); // all in the middle of a range of width 1
        Tensor edges = Linspace(first, last, bins + 1, DType.Float64);
        Tensor bin = Where(x.EqualTo(last), bins - 1, x.Bucketize(edges, right: true) - 1);
        // One more for what lies outside.
        Tensor counted = new AddAtOp(0, bins + 1).Apply(Ones([ElementCount], DType.Int64), Where(bin < 0, bins, bin));
        return (counted.Slice(0, 0, bins), edges);
    }
}
