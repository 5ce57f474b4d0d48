using ChainRule.Nn;
using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

internal static partial class OperationsAdapter
{
    private static IEnumerable<Row> Shapes =>
    [
        Call("reshape", (with, x) => x[0].Reshape(with.Longs("shape"))),
        Call("transpose", (with, x) => x[0].Transpose(with.Int("dim0"), with.Int("dim1"))),
        Call("permute", (with, x) => x[0].Permute(with.Ints("dims"))),
        Call("flip", (with, x) => x[0].Flip(with.Ints("dims"))),
        Call("unsqueeze", (with, x) => x[0].Unsqueeze(with.Int("dim"))),
        Call("squeeze", (with, x) => x[0].Squeeze(with.Int("dim"))),
        Call("expand", (with, x) => x[0].Expand(Shape.Create(with.Longs("shape")))),
        Call("concat", (with, x) => Tensor.Concat(x, with.Int("dim"))),
        Call("stack", (with, x) => Tensor.Stack(x, with.Int("dim"))),
        Several("split", (with, x) => x[0].Split(with.Int("size"), with.Int("dim"))),
        Call("slice", (with, x) => Sliced(x[0], with.Slices("slices"))),
        Call("pad", (with, x) => Padded(x[0], with.Longs("pad"), with.Number("value"))),
        Call("gather", (with, x) => x[0].Gather(with.Int("dim"), x[1])),
        Call("index_select", (with, x) => x[0].Take(x[1], with.Int("dim"))),
        Call("embedding", (_, x) => x[1].Take(x[0])),
    ];

    private static IEnumerable<Row> Products =>
    [
        Binary("matmul", (a, b) => a.MatMul(b)),
        Call("linear", (_, x) => x[0].Affine(x[1], x[2])),
    ];

    private static IEnumerable<Row> Losses =>
    [
        Call("mse_loss", (with, x) => Loss.MeanSquaredError(x[0], x[1], with.Reduction())),
        Call("binary_cross_entropy", (with, x) => Loss.BinaryCrossEntropy(x[0], x[1], with.Reduction())),
        Call("binary_cross_entropy_with_logits", (with, x) => Loss.BinaryCrossEntropyWithLogits(x[0], x[1], with.Reduction())),
        Call("l1_loss", (with, x) => Loss.MeanAbsoluteError(x[0], x[1], with.Reduction())),
        Call("huber_loss", (with, x) => Loss.Huber(x[0], x[1], with.Reduction(), with.Number("delta"))),
        Call("smooth_l1_loss", (with, x) => Loss.SmoothL1(x[0], x[1], with.Reduction(), with.Number("beta"))),
        Call("cross_entropy", (with, x) => Loss.CrossEntropy(x[0], x[1], with.Reduction(), with.Has("ignore_index") ? with.Int("ignore_index") : null, labelSmoothing: with.Number("label_smoothing", 0))),
        Call("nll_loss", (with, x) => Loss.NegativeLogLikelihood(x[0], x[1], with.Reduction())),
        Call("kl_div", (with, x) => Loss.KullbackLeibler(x[0], x[1], with.Reduction())),
        Call("hinge_embedding_loss", (with, x) => Loss.HingeEmbedding(x[0], x[1], reduction: with.Reduction())),
        Call("cosine_embedding_loss", (with, x) => Loss.CosineEmbedding(x[0], x[1], x[2], with.Reduction(), with.Number("margin"))),
        Call("triplet_margin_loss", (with, x) => Loss.TripletMargin(x[0], x[1], x[2], reduction: with.Reduction())),
        Call("cosine_similarity", (with, x) => Tensor.CosineSimilarity(x[0], x[1], with.Int("dim"))),
    ];

    // One [start, stop, step] for each axis, null where Python leaves it out.
    private static Tensor Sliced(Tensor x, long?[][] slices)
    {
        for (int axis = 0; axis < slices.Length; axis++)
        {
            long size = x.Shape[axis], start = slices[axis][0] ?? 0, stop = slices[axis][1] ?? size, step = slices[axis][2] ?? 1;
            x = x.Slice(axis, start, Math.Max(0, (stop - start + step - 1) / step), step);
        }
        return x;
    }

    // Pairs of before and after, the last axis first.
    private static Tensor Padded(Tensor x, long[] pairs, double value)
    {
        for (int i = 0; i < pairs.Length / 2; i++)
            x = x.Pad(x.Rank - 1 - i, pairs[2 * i], pairs[(2 * i) + 1], value);
        return x;
    }
}
