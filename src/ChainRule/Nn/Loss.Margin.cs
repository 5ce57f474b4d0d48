namespace ChainRule.Nn;

public static partial class Loss
{
    /// <summary>x for a target of 1, max(0, margin - x) for a target of -1, where x is a distance; by default the mean over all elements.</summary>
    /// <param name="distance">x, small for a pair that is alike.</param>
    /// <param name="target">1 for a pair that is alike, -1 for one that is not.</param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="margin">How far apart unlike pairs should be.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor -1.</exception>
    public static Tensor HingeEmbedding(Tensor distance, Tensor target, Reduction reduction = Reduction.Mean, double margin = 1)
    {
        Bounds.Finite(margin, nameof(HingeEmbedding), nameof(margin));
        Check(distance, ref target, nameof(HingeEmbedding), nameof(distance));
        RequireSigns(target, nameof(HingeEmbedding));
        return Reduce(Tensor.Where(target > 0, distance, (margin - distance).Relu()), reduction);
    }

    /// <summary>1 - cos for a target of 1, max(0, cos - margin) for a target of -1, where cos is that of the angle between two vectors.</summary>
    /// <param name="left">[..., size].</param>
    /// <param name="right">Of the same shape.</param>
    /// <param name="target">[...]: 1 for vectors that should point the same way, -1 for others.</param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="margin">The cosine that unlike vectors may have, from -1 to 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor -1.</exception>
    public static Tensor CosineEmbedding(Tensor left, Tensor right, Tensor target, Reduction reduction = Reduction.Mean, double margin = 0)
    {
        if (margin is not (>= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "CosineEmbedding: the margin is a cosine, from -1 to 1.");
        Check(left, ref right, nameof(CosineEmbedding), nameof(left), nameof(right));
        if (left.Rank == 0)
            throw new ShapeException("CosineEmbedding: left is a single number, but needs an axis along which a vector lies.");
        ArgumentNullException.ThrowIfNull(target);
        Tensor cosine = Tensor.CosineSimilarity(left, right);
        if (target.Shape != cosine.Shape)
            throw new ShapeException($"CosineEmbedding: target has shape {target.Shape}, but for vectors of shape {left.Shape} it must have {cosine.Shape}: one sign for each pair.");
        RequireSigns(target, nameof(CosineEmbedding));
        return Reduce(Tensor.Where(target > 0, 1 - cosine, (cosine - margin).Relu()), reduction);
    }

    /// <summary>max(0, d(anchor, positive) - d(anchor, negative) + margin) for the distance d = ‖a - b + ε‖ of vectors along the last axis.</summary>
    /// <param name="anchor">[..., size].</param>
    /// <param name="positive">Vectors that should lie near the anchors.</param>
    /// <param name="negative">Vectors that should lie far from them.</param>
    /// <param name="reduction">What becomes of the values, one for each triplet.</param>
    /// <param name="margin">How much nearer the positive ones should be.</param>
    /// <param name="power">p of the norm (Σ|x|^p)^(1/p): 2 for the Euclidean distance.</param>
    /// <param name="epsilon">Added to each difference, as in PyTorch.</param>
    /// <param name="swaps">Takes the distance of positive and negative where it is less than that of anchor and negative.</param>
    /// <remarks>Balntas, Riba, Ponsa and Mikolajczyk, "Learning local feature descriptors with triplets and shallow convolutional neural networks", 2016.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor TripletMargin(Tensor anchor, Tensor positive, Tensor negative, Reduction reduction = Reduction.Mean, double margin = 1, double power = 2, double epsilon = 1e-6, bool swaps = false)
    {
        Bounds.Finite(margin, nameof(TripletMargin), nameof(margin));
        Bounds.Finite(epsilon, nameof(TripletMargin), nameof(epsilon));
        Check(anchor, ref positive, nameof(TripletMargin), nameof(anchor), nameof(positive));
        Check(anchor, ref negative, nameof(TripletMargin), nameof(anchor), nameof(negative));
        if (!(power >= 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, "TripletMargin: the power of a norm must be at least 1.");
        if (anchor.Rank == 0)
            throw new ShapeException("TripletMargin: anchor is a single number, but needs an axis along which a vector lies.");
        Tensor near = anchor.PairwiseDistance(positive, power, epsilon), far = anchor.PairwiseDistance(negative, power, epsilon);
        if (swaps)
            far = Tensor.Minimum(far, positive.PairwiseDistance(negative, power, epsilon));
        return Reduce((near - far + margin).Relu(), reduction);
    }

    /// <summary>max(0, margin - t·(first - second)): a target t of 1 asks for a larger first, one of -1 for a larger second.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor -1.</exception>
    public static Tensor MarginRanking(Tensor first, Tensor second, Tensor target, Reduction reduction = Reduction.Mean, double margin = 0)
    {
        Bounds.Finite(margin, nameof(MarginRanking), nameof(margin));
        Check(first, ref second, nameof(MarginRanking), nameof(first), nameof(second));
        Check(first, ref target, nameof(MarginRanking), nameof(first));
        RequireSigns(target, nameof(MarginRanking));
        return Reduce((margin - target * (first - second)).Relu(), reduction);
    }

    /// <summary>ln(1 + e^(-t·x)) for a score x and a target t of 1 or -1, by default its mean over all elements.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor -1.</exception>
    public static Tensor SoftMargin(Tensor score, Tensor target, Reduction reduction = Reduction.Mean)
    {
        Check(score, ref target, nameof(SoftMargin), nameof(score));
        RequireSigns(target, nameof(SoftMargin));
        return Reduce((-(target * score)).Softplus(), reduction);
    }

    private static void RequireSigns(Tensor target, string loss) => Recording.Inspect(target, values =>
    {
        using (new NoGrad())
        {
            foreach (double sign in values.ToArray<double>())
            {
                if (sign is not (1 or -1))
                    throw new ArgumentOutOfRangeException(nameof(target), sign, $"{loss}: a target must be 1 or -1.");
            }
        }
        return true;
    });
}
