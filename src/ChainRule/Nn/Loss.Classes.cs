namespace ChainRule.Nn;

public static partial class Loss
{
    /// <summary>Σ max(0, margin - x(y) + x(j))^p / classes over the classes j other than the target y.</summary>
    /// <param name="scores">x, [..., classes].</param>
    /// <param name="target">y, int32 or int64 of the shape [...].</param>
    /// <param name="reduction">What becomes of the values, one for each sample.</param>
    /// <param name="power">p, 1 or 2.</param>
    /// <param name="margin">How much larger the target's score should be.</param>
    /// <param name="weight">[classes]: how much samples of each class count; null for all the same.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a class does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The power is neither 1 nor 2.</exception>
    public static Tensor MultiMargin(Tensor scores, Tensor target, Reduction reduction = Reduction.Mean, int power = 1, double margin = 1, Tensor? weight = null)
    {
        if (power is not (1 or 2))
            throw new ArgumentOutOfRangeException(nameof(power), power, "MultiMargin: the power must be 1 or 2.");
        Bounds.Finite(margin, nameof(MultiMargin), nameof(margin));
        Tensor classes = CheckedClasses(scores, target, null, nameof(MultiMargin), nameof(scores), out _);
        weight = CheckedWeight(weight, scores, nameof(MultiMargin));
        Tensor own = scores.Gather(-1, classes.Unsqueeze(-1)); // [..., 1]
        Tensor isOwn = classes.OneHot(scores.Shape[^1], DType.Bool);
        Tensor excess = Tensor.Where(isOwn, 0, scores - own + margin).Relu();
        Tensor values = (power == 1 ? excess : excess.Square()).Sum(-1) / scores.Shape[^1];
        return Reduce(weight is null ? values : weight.Take(classes) * values, reduction);
    }

    /// <summary>Σ max(0, 1 - x(j) + x(i)) / classes over each class j that a sample has and each class i that it has not.</summary>
    /// <param name="scores">x, [..., classes].</param>
    /// <param name="target">int32 or int64 of the same shape: the classes that the sample has, up to the first -1.</param>
    /// <param name="reduction">What becomes of the values, one for each sample.</param>
    /// <exception cref="ShapeException">The shapes differ, or a class does not exist.</exception>
    public static Tensor MultiLabelMargin(Tensor scores, Tensor target, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(target);
        ElementType.RequireFloating(scores, nameof(MultiLabelMargin), nameof(scores));
        ElementType.RequireInteger(target, nameof(MultiLabelMargin), nameof(target));
        if (scores.Rank == 0 || target.Shape != scores.Shape)
            throw new ShapeException($"MultiLabelMargin: scores has shape {scores.Shape} and target {target.Shape}; both must be [..., classes].");
        Tensor places = target.To(DType.Int64);
        long classes = scores.Shape[^1];
        InspectClasses(places, classes, -1, nameof(MultiLabelMargin));
        // What stands behind the first -1 does not count: the place of each entry is less than that of the first -1.
        Tensor place = Tensor.Arange(0, classes, 1, DType.Int64);
        Tensor end = Tensor.Where(places < 0, place, Tensor.ConstantLike(classes, places)).Min(-1, keepDims: true);
        // Samples have few of many classes: no more entries are looked at than the longest list has.
        long longest = end.ElementCount == 0 ? 0 : Recording.Inspect(end, static ends => ends.Max().Item<long>());
        Tensor entry = Tensor.Arange(0, longest, 1, DType.Int64), labels = places.Slice(-1, 0, longest);
        Tensor isListed = entry < end; // [..., entries]
        Tensor isOwn = labels.Unsqueeze(-1).EqualTo(place).And(isListed.Unsqueeze(-1)).Any(-2); // [..., classes]
        // A class that is listed twice counts once.
        Tensor isRepeated = labels.Unsqueeze(-1).EqualTo(labels.Unsqueeze(-2)).And(entry < entry.Unsqueeze(-1)).Any(-1);
        Tensor own = scores.Gather(-1, Tensor.Where(isListed, labels, 0));
        Tensor excess = (1 - own.Unsqueeze(-1) + scores.Unsqueeze(-2)).Relu(); // [..., entry, class]
        Tensor counts = isListed.And(isRepeated.Not()).Unsqueeze(-1).And(isOwn.Not().Unsqueeze(-2));
        return Reduce(Tensor.Where(counts, excess, 0).Sum([-2, -1]) / classes, reduction);
    }

    /// <summary>The mean over the classes of the binary cross entropy of sigmoid x, for samples that may have several classes.</summary>
    /// <param name="logits">x, [..., classes].</param>
    /// <param name="target">Of the same shape: 1 for each class that the sample has, 0 for the others.</param>
    /// <param name="reduction">What becomes of the values, one for each sample.</param>
    /// <param name="weight">[classes]: how much each class counts; null for all the same.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MultiLabelSoftMargin(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null)
    {
        Check(logits, ref target, nameof(MultiLabelSoftMargin), nameof(logits));
        if (logits.Rank == 0)
            throw new ShapeException("MultiLabelSoftMargin: logits is a single number, but needs an axis of classes.");
        RequireWithin(target, 0, 1, nameof(MultiLabelSoftMargin), nameof(target));
        weight = CheckedWeight(weight, logits, nameof(MultiLabelSoftMargin));
        Tensor values = LogitCrossEntropyOp.Default.Apply(logits, target);
        return Reduce((weight is null ? values : weight * values).Mean(-1), reduction);
    }

    /// <summary>a·q^γ times the binary cross entropy, where q is the probability given to the wrong answer: easy samples count little.</summary>
    /// <param name="logits">x, whose sigmoid is the probability of a yes.</param>
    /// <param name="target">t, 1 for yes and 0 for no, of the same shape.</param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="alpha">a is alpha for a yes and 1 - alpha for a no; null for 1.</param>
    /// <param name="gamma">γ; 0 gives the plain cross entropy.</param>
    /// <remarks>Lin, Goyal, Girshick, He and Dollár, "Focal loss for dense object detection", 2017.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Gamma is negative, or alpha or a target is not between 0 and 1.</exception>
    public static Tensor Focal(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean, double? alpha = 0.25, double gamma = 2)
    {
        Check(logits, ref target, nameof(Focal), nameof(logits));
        Bounds.NotNegative(gamma, nameof(Focal), nameof(gamma));
        Bounds.Share(alpha ?? 0, nameof(Focal), nameof(alpha));
        RequireWithin(target, 0, 1, nameof(Focal), nameof(target));
        // 1 - p is sigmoid(-x), which keeps its digits where p rounds to 1.
        Tensor wrong = target * (-logits).Sigmoid() + (1 - target) * logits.Sigmoid();
        Tensor values = wrong.Pow(gamma) * LogitCrossEntropyOp.Default.Apply(logits, target);
        return Reduce(alpha is { } share ? (share * target + (1 - share) * (1 - target)) * values : values, reduction);
    }

    /// <summary>1 - (2Σp·t + s)/(Σp + Σt + s) over all axes but the first: how little a predicted region and the true one overlap.</summary>
    /// <param name="probability">p, from 0 to 1, with the samples along the first axis.</param>
    /// <param name="target">t, of the same shape.</param>
    /// <param name="reduction">What becomes of the values, one for each sample.</param>
    /// <param name="smoothing">s, greater than 0: two empty regions agree.</param>
    /// <remarks>Milletari, Navab and Ahmadi, "V-Net: fully convolutional neural networks for volumetric medical image segmentation", 2016 (there with squares in the divisor).</remarks>
    /// <exception cref="ShapeException">The shapes differ, or there is no axis of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability or a target is not between 0 and 1, or the smoothing not greater than 0.</exception>
    public static Tensor Dice(Tensor probability, Tensor target, Reduction reduction = Reduction.Mean, double smoothing = 1)
    {
        Check(probability, ref target, nameof(Dice), nameof(probability));
        if (probability.Rank == 0)
            throw new ShapeException("Dice: probability is a single number, but needs an axis of samples.");
        Bounds.Positive(smoothing, nameof(Dice), nameof(smoothing));
        RequireWithin(probability, 0, 1, nameof(Dice), nameof(probability));
        RequireWithin(target, 0, 1, nameof(Dice), nameof(target));
        Axes inside = Enumerable.Range(1, probability.Rank - 1).ToArray();
        Tensor both = (probability * target).Sum(inside), all = probability.Sum(inside) + target.Sum(inside);
        return Reduce(1 - (2 * both + smoothing) / (all + smoothing), reduction);
    }
}
