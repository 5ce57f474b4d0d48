using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

/// <summary>Bad calls of every loss.</summary>
internal static class BadLossCalls
{
    public static BadCall[] All { get; } =
    [
        .. Elementwise("MeanSquaredError", "prediction", Loss.MeanSquaredError),
        .. Elementwise("MeanAbsoluteError", "prediction", Loss.MeanAbsoluteError),
        .. Elementwise("LogCosh", "prediction", Loss.LogCosh),
        .. Elementwise("Huber", "prediction", (x, t, reduction) => Loss.Huber(x, t, reduction)),
        .. Outside("Huber", "delta", delta => Loss.Huber(Half, Half, delta: delta), 0, -1, double.NaN),
        .. Elementwise("SmoothL1", "prediction", (x, t, reduction) => Loss.SmoothL1(x, t, reduction)),
        .. Outside("SmoothL1", "beta", beta => Loss.SmoothL1(Half, Half, beta: beta), -1, double.NaN),
        .. Elementwise("PoissonNegativeLogLikelihood", "prediction", (x, t, reduction) => Loss.PoissonNegativeLogLikelihood(x, t, reduction)),
        .. Outside("PoissonNegativeLogLikelihood", "epsilon", epsilon => Loss.PoissonNegativeLogLikelihood(Half, Half, epsilon: epsilon), -1, double.NaN),
        .. Outside("PoissonNegativeLogLikelihood", "prediction", factor => Loss.PoissonNegativeLogLikelihood(Half * factor, Half, isLogarithm: false), -1),
        .. Outside("PoissonNegativeLogLikelihood", "target", count => Loss.PoissonNegativeLogLikelihood(Half, Half * count), -2),
        .. Elementwise("GaussianNegativeLogLikelihood", "prediction", (x, t, reduction) => Loss.GaussianNegativeLogLikelihood(x, t, Half[0], reduction)),
        .. NullArgument("GaussianNegativeLogLikelihood", "variance", () => Loss.GaussianNegativeLogLikelihood(Half, Half, null!)),
        .. Outside("GaussianNegativeLogLikelihood", "variance", factor => Loss.GaussianNegativeLogLikelihood(Half, Half, Half * factor), -1),
        .. Outside("GaussianNegativeLogLikelihood", "epsilon", epsilon => Loss.GaussianNegativeLogLikelihood(Half, Half, Half, epsilon: epsilon), -1, double.NaN),
        .. Refused<ShapeException>("GaussianNegativeLogLikelihood", ["GaussianNegativeLogLikelihood", "[3]"], () => Loss.GaussianNegativeLogLikelihood(Half, Half, Tensor.Ones([2])), () => Loss.GaussianNegativeLogLikelihood(Half, Half, Tensor.Ones([2, 3]))),
        .. Elementwise("BinaryCrossEntropy", "probability", (x, t, reduction) => Loss.BinaryCrossEntropy(x, t, reduction)),
        .. Stretching("BinaryCrossEntropy", "weight", weight => Loss.BinaryCrossEntropy(Half, Half, weight: weight)),
        .. Outside("BinaryCrossEntropy", "probability", factor => Loss.BinaryCrossEntropy(Half * factor, Half), -1, 3),
        .. Outside("BinaryCrossEntropy", "target", factor => Loss.BinaryCrossEntropy(Half, Half * factor), -2, 4),
        .. Elementwise("BinaryCrossEntropyWithLogits", "logits", (x, t, reduction) => Loss.BinaryCrossEntropyWithLogits(x, t, reduction)),
        .. Stretching("BinaryCrossEntropyWithLogits", "weight", weight => Loss.BinaryCrossEntropyWithLogits(Half, Half, weight: weight)),
        .. Stretching("BinaryCrossEntropyWithLogits", "positiveWeight", weight => Loss.BinaryCrossEntropyWithLogits(Half, Half, positiveWeight: weight)),
        .. Outside("BinaryCrossEntropyWithLogits", "target", factor => Loss.BinaryCrossEntropyWithLogits(Half, Half * factor), -2, 4),
        .. Elementwise("KullbackLeibler", "logProbability", (x, t, reduction) => Loss.KullbackLeibler(x, t, reduction)),
        .. Outside("KullbackLeibler", "target", factor => Loss.KullbackLeibler(Half, Half * factor), -1, 10),
        .. Elementwise("Focal", "logits", (x, t, reduction) => Loss.Focal(x, t, reduction)),
        .. Outside("Focal", "gamma", gamma => Loss.Focal(Half, Half, gamma: gamma), -1, double.NaN, double.PositiveInfinity),
        .. Outside("Focal", "alpha", alpha => Loss.Focal(Half, Half, alpha: alpha), -0.1, 1.1, double.NaN),
        .. Outside("Focal", "target", factor => Loss.Focal(Half, Half * factor), -2, 4),
        .. Elementwise("Dice", "probability", (x, t, reduction) => Loss.Dice(x, t, reduction)),
        .. Outside("Dice", "probability", factor => Loss.Dice(Half * factor, Half), -1, 3),
        .. Outside("Dice", "target", factor => Loss.Dice(Half, Half * factor), -1, 3),
        .. Outside("Dice", "smoothing", smoothing => Loss.Dice(Half, Half, smoothing: smoothing), 0, -1, double.NaN, double.PositiveInfinity),
        .. Refused<ShapeException>("Dice", ["Dice", "single number"], () => Loss.Dice(Half[0], Half[0])),
        .. Elementwise("MultiLabelSoftMargin", "logits", (x, t, reduction) => Loss.MultiLabelSoftMargin(x, t, reduction)),
        .. Weighted("MultiLabelSoftMargin", weight => Loss.MultiLabelSoftMargin(Half, Half, weight: weight)),
        .. Outside("MultiLabelSoftMargin", "target", factor => Loss.MultiLabelSoftMargin(Half, Half * factor), -2, 4),
        .. Refused<ShapeException>("MultiLabelSoftMargin", ["MultiLabelSoftMargin", "single number"], () => Loss.MultiLabelSoftMargin(Half[0], Half[0])),
        .. Elementwise("SoftMargin", "score", (x, t, reduction) => Loss.SoftMargin(x, Signs(t), reduction)),
        .. Outside("SoftMargin", "target", sign => Loss.SoftMargin(Half, Half * sign), 0, 1, 4, double.NaN),
        .. Elementwise("HingeEmbedding", "distance", (x, t, reduction) => Loss.HingeEmbedding(x, Signs(t), reduction)),
        .. Outside("HingeEmbedding", "target", sign => Loss.HingeEmbedding(Half, Half * sign), 0, 1, 4, double.NaN),
        .. Outside("HingeEmbedding", "margin", margin => Loss.HingeEmbedding(Half, Half * 2, margin: margin), double.NaN, double.PositiveInfinity),
        .. OfClasses("CrossEntropy", "logits", (x, t, reduction) => Loss.CrossEntropy(x, t, reduction)),
        .. Weighted("CrossEntropy", weight => Loss.CrossEntropy(Half, 1, weight: weight)),
        .. Outside("CrossEntropy", "labelSmoothing", share => Loss.CrossEntropy(Half, 1, labelSmoothing: share), -0.1, 1.1, double.NaN),
        .. Outside("CrossEntropy", "target", factor => Loss.CrossEntropy(Half, Half * factor), -6, 18),
        .. Refused<ArgumentException>("CrossEntropy", ["CrossEntropy", "ignoredIndex", "[3]"], () => Loss.CrossEntropy(Half, Half, ignoredIndex: 1)),
        .. Refused<ShapeException>("CrossEntropy", ["CrossEntropy", "probabilities", "[3]"], () => Loss.CrossEntropy(Half, Tensor.Ones([2])), () => Loss.CrossEntropy(Half, Tensor.Ones([1, 3]))),
        .. OfClasses("NegativeLogLikelihood", "logProbabilities", (x, t, reduction) => Loss.NegativeLogLikelihood(x, t, reduction)),
        .. Weighted("NegativeLogLikelihood", weight => Loss.NegativeLogLikelihood(Half, 1, weight: weight)),
        .. Refused<DTypeException>("NegativeLogLikelihood", ["NegativeLogLikelihood", "target", "float32"], () => Loss.NegativeLogLikelihood(Half, Half[0])),
        .. OfClasses("MultiMargin", "scores", (x, t, reduction) => Loss.MultiMargin(x, t, reduction)),
        .. Weighted("MultiMargin", weight => Loss.MultiMargin(Half, 1, weight: weight)),
        .. Outside("MultiMargin", "power", power => Loss.MultiMargin(Half, 1, power: (int)power), 0, 3, -1),
        .. Outside("MultiMargin", "margin", margin => Loss.MultiMargin(Half, 1, margin: margin), double.NaN, double.NegativeInfinity),
        .. NullArgument("MultiLabelMargin", "scores", () => Loss.MultiLabelMargin(null!, Labels)),
        .. NullArgument("MultiLabelMargin", "target", () => Loss.MultiLabelMargin(Half, null!)),
        .. Refused<DTypeException>("MultiLabelMargin", ["MultiLabelMargin", "[3]"], () => Loss.MultiLabelMargin(Labels, Labels), () => Loss.MultiLabelMargin(Half, Half)),
        .. Refused<ShapeException>("MultiLabelMargin", ["MultiLabelMargin"], () => Loss.MultiLabelMargin(Half, 1), () => Loss.MultiLabelMargin(Half, Labels + 1), () => Loss.MultiLabelMargin(Half, Labels - 2), () => Loss.MultiLabelMargin(Half[0], 1)),
        .. Refused<ArgumentOutOfRangeException>("MultiLabelMargin", ["MultiLabelMargin", "reduction"], () => Loss.MultiLabelMargin(Half, Labels, (Reduction)9)),
        .. NullArgument("CosineEmbedding", "left", () => Loss.CosineEmbedding(null!, Half, 1)),
        .. NullArgument("CosineEmbedding", "right", () => Loss.CosineEmbedding(Half, null!, 1)),
        .. NullArgument("CosineEmbedding", "target", () => Loss.CosineEmbedding(Half, Half, null!)),
        .. Refused<ShapeException>("CosineEmbedding", ["CosineEmbedding"], () => Loss.CosineEmbedding(Half, Tensor.Ones([2]), 1), () => Loss.CosineEmbedding(Half, Half, Half * 2), () => Loss.CosineEmbedding(Half[0], Half[0], 1)),
        .. Outside("CosineEmbedding", "target", sign => Loss.CosineEmbedding(Half, Half, sign), 0, 2, double.NaN),
        .. Outside("CosineEmbedding", "margin", margin => Loss.CosineEmbedding(Half, Half, 1, margin: margin), -1.5, 1.5, double.NaN),
        .. NullArgument("TripletMargin", "anchor", () => Loss.TripletMargin(null!, Half, Half)),
        .. NullArgument("TripletMargin", "positive", () => Loss.TripletMargin(Half, null!, Half)),
        .. NullArgument("TripletMargin", "negative", () => Loss.TripletMargin(Half, Half, null!)),
        .. Refused<ShapeException>("TripletMargin", ["TripletMargin"], () => Loss.TripletMargin(Half, Tensor.Ones([2]), Half), () => Loss.TripletMargin(Half, Half, Tensor.Ones([1, 3])), () => Loss.TripletMargin(Half[0], Half[0], Half[0])),
        .. Outside("TripletMargin", "power", power => Loss.TripletMargin(Half, Half, Half, power: power), 0, 0.5, double.NaN),
        .. Outside("TripletMargin", "margin", margin => Loss.TripletMargin(Half, Half, Half, margin: margin), double.NaN, double.PositiveInfinity),
        .. Outside("TripletMargin", "epsilon", epsilon => Loss.TripletMargin(Half, Half, Half, epsilon: epsilon), double.NaN, double.PositiveInfinity),
        .. NullArgument("MarginRanking", "first", () => Loss.MarginRanking(null!, Half, Half)),
        .. NullArgument("MarginRanking", "second", () => Loss.MarginRanking(Half, null!, Half)),
        .. NullArgument("MarginRanking", "target", () => Loss.MarginRanking(Half, Half, null!)),
        .. Refused<ShapeException>("MarginRanking", ["MarginRanking", "[3]"], () => Loss.MarginRanking(Half, Tensor.Ones([2]), Half), () => Loss.MarginRanking(Half, Half, 1)),
        .. Outside("MarginRanking", "target", sign => Loss.MarginRanking(Half, Half, Half * sign), 0, 1, double.NaN),
        .. Outside("MarginRanking", "margin", margin => Loss.MarginRanking(Half, Half, Half * 2, margin: margin), double.NaN, double.NegativeInfinity),
        .. NullArgument("Ctc", "logProbabilities", () => Ctc(null!, Target)),
        .. NullArgument("Ctc", "target", () => Ctc(Times, null!)),
        .. Refused<DTypeException>("Ctc", ["Ctc"], () => Ctc(Times.To(DType.Int32), Target), () => Ctc(Times, Target.To(DType.Float32))),
        .. Refused<ShapeException>("Ctc", ["Ctc"], () => Ctc(Half, Target), () => Ctc(Times, Labels), () => Ctc(Times, Target + 2), () => Ctc(Times, Target - 1), () => Ctc(Times, Target - 5), () => Loss.Ctc(Times, Target, [4, 4], [2]), () => Loss.Ctc(Times, Target, [4], [])),
        .. Refused<ArgumentOutOfRangeException>("Ctc", ["Ctc", "inputLengths"], () => Loss.Ctc(Times, Target, [5], [2]), () => Loss.Ctc(Times, Target, [-1], [2])),
        .. Refused<ArgumentOutOfRangeException>("Ctc", ["Ctc", "targetLengths"], () => Loss.Ctc(Times, Target, [4], [3]), () => Loss.Ctc(Times, Target, [4], [-1])),
        .. Refused<ArgumentOutOfRangeException>("Ctc", ["Ctc", "blank"], () => Loss.Ctc(Times, Target, [4], [2], blank: 3), () => Loss.Ctc(Times, Target, [4], [2], blank: -1)),
    ];

    private static Tensor Half => Tensor.Full([3], 0.5);

    private static Tensor Labels => Tensor.From([0, 2, 1]);

    // Four times, one sequence, three classes; two labels.
    private static Tensor Times => Tensor.Zeros([4, 1, 3]);

    private static Tensor Target => Tensor.From([1, 2], [1, 2]);

    private static Tensor Ctc(Tensor logProbabilities, Tensor target) => Loss.Ctc(logProbabilities, target, [4], [2]);

    // Ones where a target of halves is given: of the same shape and right for losses that ask for 1 or -1.
    private static Tensor Signs(Tensor? target) => target is null ? null! : Tensor.Ones(target.Shape, target.DType);

    private static IEnumerable<BadCall> Outside(string loss, string argument, Func<double, object?> call, params double[] values) =>
        values.SelectMany(value => Refused<ArgumentOutOfRangeException>(loss, [$"{loss}: ", argument], () => call(value)));

    /// <summary>What is wrong for every loss of two tensors of one shape.</summary>
    private static IEnumerable<BadCall> Elementwise(string loss, string argument, Func<Tensor, Tensor, Reduction, Tensor> call) =>
    [
        .. NullArgument(loss, argument, () => call(null!, Half, Reduction.Mean)),
        .. NullArgument(loss, "target", () => call(Half, null!, Reduction.Mean)),
        .. Refused<DTypeException>(loss, [$"{loss}: ", argument, "[3]", "float32 or float64"], () => call(Labels, Half, Reduction.Mean), () => call(Labels > 0, Half, Reduction.Sum)),
        .. Refused<ShapeException>(loss, [$"{loss}: ", argument, "[3]", "target"], () => call(Half, Tensor.Zeros([2]), Reduction.Mean), () => call(Half, Half[0], Reduction.Mean), () => call(Half, Half.Unsqueeze(1), Reduction.None)),
        .. Refused<ArgumentOutOfRangeException>(loss, [$"{loss}: ", "reduction"], () => call(Half, Half, (Reduction)9), () => call(Half, Half, (Reduction)(-1))),
    ];

    /// <summary>What is wrong for every loss of scores and the number of a class.</summary>
    private static IEnumerable<BadCall> OfClasses(string loss, string argument, Func<Tensor, Tensor, Reduction, Tensor> call) =>
    [
        .. NullArgument(loss, argument, () => call(null!, 1, Reduction.Mean)),
        .. NullArgument(loss, "target", () => call(Half, null!, Reduction.Mean)),
        .. Refused<DTypeException>(loss, [$"{loss}: "], () => call(Labels, 1, Reduction.Mean), () => call(Half, true, Reduction.Mean)),
        .. Refused<ShapeException>(loss, [$"{loss}: ", "there are 3 classes, 0 to 2"], () => call(Half, 3, Reduction.Mean), () => call(Half, -1, Reduction.Mean), () => call(Half, long.MaxValue, Reduction.None), () => call(Half, int.MinValue, Reduction.Sum)),
        .. Refused<ShapeException>(loss, [$"{loss}: ", "target", "[3]"], () => call(Half, Labels, Reduction.Mean), () => call(Half.Unsqueeze(0), Labels, Reduction.Mean)),
        .. Refused<ShapeException>(loss, [$"{loss}: ", "axis of classes"], () => call(Half[0], 1, Reduction.Mean)),
        .. Refused<ArgumentOutOfRangeException>(loss, [$"{loss}: ", "reduction"], () => call(Half, 1, (Reduction)9)),
    ];

    /// <summary>What is wrong for a weight of each element.</summary>
    private static IEnumerable<BadCall> Stretching(string loss, string argument, Func<Tensor, Tensor> call) =>
    [
        .. Refused<DTypeException>(loss, [$"{loss}: ", argument], () => call(Labels)),
        .. Refused<ShapeException>(loss, [loss, "[3]"], () => call(Tensor.Ones([2])), () => call(Tensor.Ones([1, 3]))),
    ];

    private static IEnumerable<BadCall> Weighted(string loss, Func<Tensor, Tensor> call) =>
    [
        .. Refused<DTypeException>(loss, [$"{loss}: ", "weight"], () => call(Labels)),
        .. Refused<ShapeException>(loss, [$"{loss}: ", "weight", "[3]"], () => call(Tensor.Ones([2])), () => call(Tensor.Ones([1, 3])), () => call(1f)),
    ];
}
