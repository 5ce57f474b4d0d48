using System.Runtime.CompilerServices;

namespace ChainRule.Nn;

/// <summary>How far predictions are from their targets; the smaller, the better.</summary>
public static partial class Loss
{
    /// <summary>(prediction - target)², by default its mean over all elements.</summary>
    /// <exception cref="ShapeException">The shapes differ: they do not broadcast, since [n, 1] and [n] would in silence give n² differences.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        Check(prediction, ref target, nameof(MeanSquaredError), nameof(prediction));
        return Reduce((prediction - target).Square(), reduction);
    }

    /// <summary>-t ln p - (1 - t) ln(1 - p) for a probability p and a target t between 0 and 1, by default its mean over all elements.</summary>
    /// <remarks>
    /// No logarithm is less than -100, as if p and 1 - p were at least e^-100; beyond that the gradient is 0. A probability that rounds to 1 has lost its distance from it: prefer <see cref="BinaryCrossEntropyWithLogits"/>.
    /// </remarks>
    /// <param name="probability">p.</param>
    /// <param name="target">t.</param>
    /// <param name="reduction">What becomes of the values; the mean is over all elements, whatever their weights.</param>
    /// <param name="weight">How much each element counts, of the shape of p or one that stretches to it; null for all the same.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability or a target is not between 0 and 1.</exception>
    public static Tensor BinaryCrossEntropy(Tensor probability, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null)
    {
        Check(probability, ref target, nameof(BinaryCrossEntropy), nameof(probability));
        RequireWithin(probability, 0, 1, nameof(BinaryCrossEntropy), nameof(probability));
        RequireWithin(target, 0, 1, nameof(BinaryCrossEntropy), nameof(target));
        weight = StretchingWeight(weight, probability, nameof(BinaryCrossEntropy), nameof(weight));
        return Reduce(Weighted(BinaryCrossEntropyOp.Default.Apply(probability, target), weight), reduction);
    }

    /// <summary>softplus(x) - x·t, the binary cross entropy of p = sigmoid x, right for any x; by default its mean over all elements.</summary>
    /// <param name="logits">x.</param>
    /// <param name="target">t.</param>
    /// <param name="reduction">What becomes of the values; the mean is over all elements, whatever their weights.</param>
    /// <param name="weight">How much each element counts, of the shape of x or one that stretches to it; null for all the same.</param>
    /// <param name="positiveWeight">
    /// How much a yes counts in units of a no, q·t·softplus(-x) + (1 - t)·softplus(x), of the shape of x or one that stretches to it; null for 1.
    /// </param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not between 0 and 1.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null, Tensor? positiveWeight = null)
    {
        Check(logits, ref target, nameof(BinaryCrossEntropyWithLogits), nameof(logits));
        RequireWithin(target, 0, 1, nameof(BinaryCrossEntropyWithLogits), nameof(target));
        weight = StretchingWeight(weight, logits, nameof(BinaryCrossEntropyWithLogits), nameof(weight));
        positiveWeight = StretchingWeight(positiveWeight, logits, nameof(BinaryCrossEntropyWithLogits), nameof(positiveWeight));
        // An answer that the target rules out contributes 0, even if its loss is infinite.
        Tensor values = positiveWeight is null
            ? LogitCrossEntropyOp.Default.Apply(logits, target)
            : ChainOp.Default.Apply(positiveWeight * target, (-logits).Softplus()) + ChainOp.Default.Apply(1 - target, logits.Softplus());
        return Reduce(Weighted(values, weight), reduction);
    }

    // What does not count contributes 0, even if its loss is infinite.
    private static Tensor Weighted(Tensor values, Tensor? weight) => weight is null ? values : ChainOp.Default.Apply(weight, values);

    private static Tensor Reduce(Tensor values, Reduction reduction, [CallerMemberName] string loss = "") => reduction switch
    {
        Reduction.Mean => values.Mean(),
        Reduction.Sum => values.Sum(),
        Reduction.None => values,
        _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, $"{loss}: {reduction} is no {nameof(Reduction)}: a loss is reduced by Mean, Sum or None."),
    };
}
