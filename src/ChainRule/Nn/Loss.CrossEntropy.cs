namespace ChainRule.Nn;

public static partial class Loss
{
    /// <summary>-ln softmax(logits) at the target class, by default its mean over all samples.</summary>
    /// <param name="logits">[..., classes]: one number for each class, not yet exponentiated.</param>
    /// <param name="target">
    /// Either classes, int32 or int64 of the shape [...] without the last axis; or probabilities t of the classes, floating and of
    /// the shape of the logits, each from 0 to 1, for which the loss is -Σ t ln softmax(logits).
    /// </param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="ignoredIndex">Samples of this class, which need not exist, count as if they were absent: their loss and gradient are 0. Not with probabilities.</param>
    /// <param name="weight">[classes]: how much each class counts; null for all the same.</param>
    /// <param name="labelSmoothing">The share ε of the target that is spread over all classes: (1 - ε)·t + ε/classes.</param>
    /// <remarks>
    /// The mean over classes is weighted, Σ weight·loss / Σ weight of the samples that count, and 0 if none does; the mean over
    /// probabilities is over the samples. A logit of -inf that is not the target's has gradient 0.
    /// Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception architecture for computer vision", 2016 (smoothing).
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or a class does not exist.</exception>
    /// <exception cref="DTypeException">The logits have no fractions, or the target is bool.</exception>
    /// <exception cref="ArgumentException">Probabilities and an ignored class are given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing or a probability is not between 0 and 1.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean, long? ignoredIndex = null, Tensor? weight = null, double labelSmoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ElementType.RequireFloating(logits, nameof(CrossEntropy), nameof(logits));
        if (logits.Rank == 0)
            throw new ShapeException($"{nameof(CrossEntropy)}: {nameof(logits)} is a single number, but needs an axis of classes.");
        if (labelSmoothing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, $"{nameof(CrossEntropy)}: the smoothing must lie between 0 and 1.");
        weight = CheckedWeight(weight, logits, nameof(CrossEntropy));
        if (target.DType.IsFloating() && ignoredIndex is not null)
            throw new ArgumentException($"{nameof(CrossEntropy)}: {nameof(ignoredIndex)} is for classes, but the target of shape {target.Shape} holds probabilities. Leave out the samples that are not to count.", nameof(ignoredIndex));
        if (target.DType.IsFloating())
            return OfProbabilities(logits, target, reduction, weight, labelSmoothing);
        Tensor classes = CheckedClasses(logits, target, ignoredIndex, nameof(CrossEntropy), nameof(logits), out bool hasIgnored);
        Tensor? isIgnored = hasIgnored ? Ignored(ref logits, ref classes, ignoredIndex!.Value) : null;
        if (labelSmoothing == 0)
            return OfClasses(SoftmaxCrossEntropyOp.Default.Apply(logits, classes), classes, isIgnored, reduction, weight, nameof(CrossEntropy));
        Tensor logProbabilities = logits.LogSoftmax();
        return OfClasses(Picked(logProbabilities, classes), classes, isIgnored, reduction, weight, nameof(CrossEntropy), labelSmoothing, logProbabilities);
    }

    /// <summary>-log-probability at the target class, by default its mean over all samples: <see cref="CrossEntropy"/> after a LogSoftmax.</summary>
    /// <param name="logProbabilities">[..., classes].</param>
    /// <param name="target">The classes, int32 or int64 of the shape [...].</param>
    /// <param name="reduction">What becomes of the values; the mean is weighted.</param>
    /// <param name="ignoredIndex">Samples of this class, which need not exist, count as if they were absent.</param>
    /// <param name="weight">[classes]: how much each class counts; null for all the same.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a class does not exist.</exception>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, Tensor target, Reduction reduction = Reduction.Mean, long? ignoredIndex = null, Tensor? weight = null)
    {
        Tensor classes = CheckedClasses(logProbabilities, target, ignoredIndex, nameof(NegativeLogLikelihood), nameof(logProbabilities), out bool hasIgnored);
        weight = CheckedWeight(weight, logProbabilities, nameof(NegativeLogLikelihood));
        Tensor? isIgnored = hasIgnored ? Ignored(ref logProbabilities, ref classes, ignoredIndex!.Value) : null;
        return OfClasses(Picked(logProbabilities, classes), classes, isIgnored, reduction, weight, nameof(NegativeLogLikelihood));
    }

    /// <summary>t·(ln t - prediction) for a target probability t and the logarithm of a predicted one; by default the mean over all elements.</summary>
    /// <param name="logProbability">The prediction's logarithm.</param>
    /// <param name="target">t, from 0 to 1, or its logarithm if <paramref name="isLogarithm"/> says so.</param>
    /// <param name="reduction">What becomes of the values; the divergence of a batch of distributions is their sum, divided by the number of samples.</param>
    /// <param name="isLogarithm">Whether the target is ln t.</param>
    /// <remarks>Where t is 0 the term and its gradient by the prediction are 0, even if the prediction is -inf.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target that is no logarithm is not between 0 and 1.</exception>
    public static Tensor KullbackLeibler(Tensor logProbability, Tensor target, Reduction reduction = Reduction.Mean, bool isLogarithm = false)
    {
        Check(logProbability, ref target, nameof(KullbackLeibler), nameof(logProbability));
        if (!isLogarithm)
            RequireWithin(target, 0, 1, nameof(KullbackLeibler), nameof(target));
        // What the target counts out adds nothing, and no slope that would be -inf + inf.
        Tensor isOut = target.EqualTo(isLogarithm ? double.NegativeInfinity : 0);
        if (isLogarithm)
            return Reduce(ChainOp.Default.Apply(target.Exp(), Tensor.Where(isOut, 0.0, target - logProbability)), reduction);
        Tensor difference = Tensor.Where(isOut.And(logProbability.EqualTo(double.NegativeInfinity)), 0.0, target.Log() - logProbability);
        return Reduce(ChainOp.Default.Apply(target, difference), reduction);
    }

    private static Tensor OfProbabilities(Tensor logits, Tensor target, Reduction reduction, Tensor? weight, double labelSmoothing)
    {
        if (target.Shape != logits.Shape)
            throw new ShapeException($"{nameof(CrossEntropy)}: the target probabilities have shape {target.Shape}, but {nameof(logits)} has {logits.Shape}; they must be equal. Classes are int32 or int64.");
        RequireWithin(target, 0, 1, nameof(CrossEntropy), nameof(target));
        target = target.To(logits.DType);
        if (labelSmoothing > 0)
            target = target * (1 - labelSmoothing) + labelSmoothing / logits.Shape[^1];
        // A class of probability 0 contributes 0, even if the logarithm of its prediction is -inf.
        return Reduce(-ChainOp.Default.Apply(weight is null ? target : target * weight, logits.LogSoftmax()).Sum(-1), reduction, nameof(CrossEntropy));
    }

    private static Tensor Picked(Tensor logProbabilities, Tensor classes) => -logProbabilities.Gather(-1, classes.Unsqueeze(-1)).Reshape(classes.Shape);

    // The logarithms of all probabilities are wanted for smoothing only.
    private static Tensor OfClasses(Tensor values, Tensor classes, Tensor? isIgnored, Reduction reduction, Tensor? weight, string loss, double labelSmoothing = 0, Tensor? logProbabilities = null)
    {
        Tensor? own = weight?.Take(classes);
        if (own is not null)
            values = ChainOp.Default.Apply(own, values); // a class that does not count contributes 0, even if its loss is infinite
        if (logProbabilities is not null)
        {
            Tensor all = weight is null ? logProbabilities : ChainOp.Default.Apply(weight, logProbabilities);
            values = values * (1 - labelSmoothing) - all.Sum(-1) * (labelSmoothing / logProbabilities.Shape[^1]);
        }
        if (isIgnored is not null)
        {
            values = Tensor.Where(isIgnored, 0, values);
            own = Tensor.Where(isIgnored, 0, own ?? Tensor.ConstantLike(1, values));
        }
        if (own is null || reduction != Reduction.Mean)
            return Reduce(values, reduction, loss);
        Tensor counted = own.Sum();
        return values.Sum() / Tensor.Where(counted.EqualTo(0), 1, counted);
    }

    // Whatever an ignored sample holds, NaN and -inf too, is replaced before anything is computed from it.
    private static Tensor Ignored(ref Tensor logits, ref Tensor classes, long ignoredIndex)
    {
        Tensor isIgnored = classes.EqualTo(Tensor.From<long>([ignoredIndex], Shape.Scalar));
        classes = Tensor.Where(isIgnored, 0, classes);
        logits = Tensor.Where(isIgnored.Unsqueeze(-1), 0, logits);
        return isIgnored;
    }
}
