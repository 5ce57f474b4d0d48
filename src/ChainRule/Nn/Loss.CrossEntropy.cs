namespace ChainRule.Nn;

public static partial class Loss
{
    /// <summary>-ln softmax(logits) at the target class, by default its mean over all samples.</summary>
    /// <param name="logits">[..., classes]: one number for each class, not yet exponentiated.</param>
    /// <param name="target">
    /// Either classes, int32 or int64 of the shape [...] without the last axis; or probabilities t of the classes, floating and of
    /// the shape of the logits, for which the loss is -Σ t ln softmax(logits).
    /// </param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="ignoredIndex">Samples of this class, which need not exist, count as if they were absent: their loss and gradient are 0.</param>
    /// <remarks>The mean is over the samples that count, and 0 if none does. A logit of -inf that is not the target's has gradient 0.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or a class does not exist.</exception>
    /// <exception cref="DTypeException">The logits have no fractions, or the target is bool.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean, long? ignoredIndex = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ElementType.RequireFloating(logits, nameof(CrossEntropy), nameof(logits));
        if (logits.Rank == 0)
            throw new ShapeException($"{nameof(CrossEntropy)}: {nameof(logits)} is a single number, but needs an axis of classes.");
        if (!target.DType.IsFloating())
            return OfClasses(logits, target, reduction, ignoredIndex);
        if (target.Shape != logits.Shape)
            throw new ShapeException($"{nameof(CrossEntropy)}: the target probabilities have shape {target.Shape}, but {nameof(logits)} has {logits.Shape}; they must be equal. Classes are int32 or int64.");
        // A class of probability 0 contributes 0, even if the logarithm of its prediction is -inf.
        return Reduce(-ChainOp.Default.Apply(target.To(logits.DType), logits.LogSoftmax()).Sum(-1), reduction);
    }

    private static Tensor OfClasses(Tensor logits, Tensor target, Reduction reduction, long? ignoredIndex)
    {
        ElementType.RequireInteger(target, nameof(CrossEntropy), nameof(target));
        if (target.Shape != Shape.Create(logits.Shape.Sizes[..^1]))
            throw new ShapeException($"{nameof(CrossEntropy)}: {nameof(target)} has shape {target.Shape}, but for logits of shape {logits.Shape} it must have {Shape.Create(logits.Shape.Sizes[..^1])}: one class for each sample.");
        Tensor classes = target.To(DType.Int64);
        if (HasIgnored(classes.Bare, logits.Shape[^1], ignoredIndex))
        {
            // Whatever an ignored sample holds, NaN and -inf too, is replaced before anything is computed from it.
            Tensor isIgnored = classes.EqualTo(Tensor.From<long>([ignoredIndex!.Value], Shape.Scalar));
            classes = Tensor.Where(isIgnored, 0, classes);
            Tensor values = Pick(Tensor.Where(isIgnored.Unsqueeze(-1), 0, logits), classes);
            values = Tensor.Where(isIgnored, 0, values);
            if (reduction != Reduction.Mean)
                return Reduce(values, reduction);
            Tensor counted = isIgnored.Not().To(values.DType).Sum();
            return values.Sum() / Tensor.Maximum(counted, Tensor.ConstantLike(1, counted));
        }
        return Reduce(Pick(logits, classes), reduction);
    }

    // [..., classes], [...] -> [...]
    private static Tensor Pick(Tensor logits, Tensor classes) =>
        -logits.LogSoftmax().Gather(-1, classes.Unsqueeze(-1)).Reshape(classes.Shape);

    /// <summary>Refuses a class that does not exist; tells whether samples are ignored.</summary>
    private static bool HasIgnored(Tensor classes, long count, long? ignoredIndex)
    {
        bool hasIgnored = false;
        Tensor values = classes.ToContiguous();
        foreach (long value in values.Span<long>())
        {
            if (value == ignoredIndex)
                hasIgnored = true;
            else if ((ulong)value >= (ulong)count)
                throw new ShapeException($"{nameof(CrossEntropy)}: there is no class {value}: the logits have {count} classes, 0 to {count - 1}.{(value < 0 ? " To skip samples, name their class as ignoredIndex." : "")}");
        }
        GC.KeepAlive(values);
        return hasIgnored;
    }
}
