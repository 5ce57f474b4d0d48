namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Attention =>
    [
        new("ScaledDotProductAttention", null,
            Attend([2, 3], [4, 3], [4, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v)),
            Attend([2, 3, 2], [3, 2], [1, 3, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v, isCausal: true), sees: (i, j, _) => j <= i),
            Attend([2, 2], [4, 2], [4, 1], (q, k, v, _) => q.ScaledDotProductAttention(k, v, isCausal: true, scale: 0.3), 0.3, (i, j, _) => j <= i),
            // The second query sees nothing, and nobody sees the third place.
            Attend([3, 2], [3, 2], [3, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask), sees: (_, _, mask) => mask != 0, given: Operand.Truth([3, 3], true, true, false, false, false, false, false, true, false)),
            Attend([2, 2, 2], [2, 2, 2], [2, 2, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask), sees: (_, _, mask) => mask != 0, given: Operand.Truth([2, 1, 2], true, false, true, true)),
            Attend([2, 2], [2, 2], [2, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask), sees: (_, _, mask) => mask != 0, given: Operand.Truth([2, 1, 2], false, true, true, true)),
            Attend([2, 2], [3, 2], [3, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask, isCausal: true), sees: (i, j, _) => j <= i, given: Operand.Of([3]), adds: true),
            Attend([2, 0], [3, 0], [3, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v)),
            Attend([2, 2], [0, 2], [0, 3], (q, k, v, _) => q.ScaledDotProductAttention(k, v)),
            Attend([0, 2], [3, 2], [3, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v, isCausal: true)))
        { Large = [[3, 120, 20], [130, 20], [3, 130, 70]] },
        OpCase.Of<AttentionOp>(
            Attend([2, 3], [4, 3], [4, 2], (q, k, v, _) => new AttentionOp(0.5, false).Apply(q, k, v), 0.5),
            Attend([2, 3, 2], [2, 2, 2], [2, 2, 1], (q, k, v, _) => new AttentionOp(1, true).Apply(q, k, v), 1, (i, j, _) => j <= i))
        with { Large = [[3, 200, 20], [3, 150, 20], [3, 150, 30]] },
        OpCase.Of<AttentionSlopeOp>(
            AttendBack([2, 3], [4, 3], [4, 2], 0.5, isCausal: false),
            AttendBack([2, 3, 2], [2, 2, 2], [2, 2, 1], 1, isCausal: true))
        with { Large = [[3, 200, 20], [3, 150, 20], [3, 150, 30], [3, 200, 30]] },
    ];

    /// <summary>The cotangents of queries, keys and values, by the sums of the formula.</summary>
    private static Variant AttendBack(Shape q, Shape k, Shape v, double scale, bool isCausal) =>
        new(x => new AttentionSlopeOp(scale, isCausal).Apply(x), x =>
        {
            (int queries, int places, int size, int width) = ((int)x[0].Sizes[^2], (int)x[1].Sizes[^2], (int)x[0].Sizes[^1], (int)x[2].Sizes[^1]);
            double[] dq = new double[x[0].Values.Length], dk = new double[x[1].Values.Length], dv = new double[x[2].Values.Length];
            for (int member = 0; member < dq.Length / (queries * size); member++)
            {
                for (int i = 0; i < queries; i++)
                {
                    int row = (member * queries + i) * size, c = (member * queries + i) * width;
                    int K(int j) => (member * places + j) * size;
                    int V(int j) => (member * places + j) * width;
                    double[] scores = [.. Enumerable.Range(0, isCausal ? Math.Min(i + 1, places) : places).Select(j => Math.Exp(scale * Dot(size, e => x[0].Values[row + e] * x[1].Values[K(j) + e])))];
                    double[] weights = [.. scores.Select(score => score / scores.Sum())];
                    double[] flows = [.. weights.Select((weight, j) => weight * Dot(width, e => x[3].Values[c + e] * x[2].Values[V(j) + e]))];
                    for (int j = 0; j < weights.Length; j++)
                    {
                        double flow = scale * (flows[j] - weights[j] * flows.Sum());
                        for (int e = 0; e < size; e++)
                            (dq[row + e], dk[K(j) + e]) = (dq[row + e] + flow * x[1].Values[K(j) + e], dk[K(j) + e] + flow * x[0].Values[row + e]);
                        for (int e = 0; e < width; e++)
                            dv[V(j) + e] += weights[j] * x[3].Values[c + e];
                    }
                }
            }
            return new([dq.Length + dk.Length + dv.Length], [.. dq, .. dk, .. dv]);
        }, Operand.Of(q), Operand.Of(k), Operand.Of(v), Operand.Of(q.With(q.Rank - 1, v[^1])));

    /// <summary>Queries, keys, values and perhaps a mask, which the reference sees as a function of query, place and the mask's element there.</summary>
    private static Variant Attend(Shape q, Shape k, Shape v, Func<Tensor, Tensor, Tensor, Tensor, Tensor> function, double? scale = null, Func<long, long, double, bool>? sees = null, Operand? given = null, bool adds = false)
    {
        Operand[] operands = [Operand.Of(q), Operand.Of(k), Operand.Of(v), .. given is null ? Array.Empty<Operand>() : [given]];
        double factor = scale ?? 1 / Math.Sqrt(Math.Max(q[^1], 1));
        return new(x => function(x[0], x[1], x[2], given is null ? null! : x[3]), x =>
        {
            long[] batch = [.. Shape.Broadcast(Shape.Broadcast(Leading(x[0].Sizes), Leading(x[1].Sizes), "batch"), Shape.Broadcast(Leading(x[2].Sizes), given is null ? [] : Leading(x[3].Sizes), "batch"), "batch")];
            return Grid.Of([.. batch, q[^2], v[^1]], place =>
            {
                double Mask(long j) => given is null ? 0 : x[3].Stretched([.. place[..^1], j]);
                double[] scores = [.. Enumerable.Range(0, (int)k[^2]).Select(j => sees is null || sees(place[^2], j, Mask(j))
                    ? factor * Dot((int)q[^1], e => x[0].Stretched([.. place[..^1], e]) * x[1].Stretched([.. place[..^2], j, e])) + (adds ? Mask(j) : 0)
                    : double.NegativeInfinity)];
                double sum = scores.Sum(Math.Exp);
                return sum == 0 ? 0 : Dot(scores.Length, j => Math.Exp(scores[j]) / sum * x[2].Stretched([.. place[..^2], j, place[^1]]));
            });
        }, operands);
    }

    private static Shape Leading(long[] sizes) => Shape.Create(sizes.AsSpan()[..Math.Max(sizes.Length - 2, 0)]);
}
