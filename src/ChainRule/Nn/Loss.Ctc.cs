namespace ChainRule.Nn;

public static partial class Loss
{
    /// <summary>
    /// Connectionist temporal classification: -ln of the probability that a sequence of classes, after repetitions are merged and
    /// blanks removed, reads as the target. By default each loss is divided by its target's length before the mean.
    /// </summary>
    /// <param name="logProbabilities">[time, batch, classes], after a LogSoftmax.</param>
    /// <param name="target">[batch, longest target]: classes other than the blank, int32 or int64; what is beyond a target's length does not count.</param>
    /// <param name="inputLengths">How many times of each sequence count.</param>
    /// <param name="targetLengths">The length of each target.</param>
    /// <param name="reduction">What becomes of the values, one for each sequence.</param>
    /// <param name="blank">The class of the blank.</param>
    /// <param name="zeroInfinity">Makes the loss of a target that is too long for its sequence 0; else it is +inf. Its gradient is 0 either way.</param>
    /// <remarks>
    /// The forward recursion in logarithms over the target with blanks between; its gradient is the backward recursion.
    /// Graves, Fernández, Gomez and Schmidhuber, "Connectionist temporal classification", 2006.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or a class does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is longer than its sequence, or the blank is no class.</exception>
    public static Tensor Ctc(Tensor logProbabilities, Tensor target, ReadOnlySpan<int> inputLengths, ReadOnlySpan<int> targetLengths, Reduction reduction = Reduction.Mean, int blank = 0, bool zeroInfinity = false)
    {
        CheckCtc(logProbabilities, target, inputLengths, targetLengths, blank);
        Tensor lengths = Tensor.From<long>(Array.ConvertAll(inputLengths.ToArray(), length => (long)length));
        Tensor ends = Tensor.From<long>(Array.ConvertAll(targetLengths.ToArray(), length => 2L * length));
        Tensor labels = WithBlanks(target.To(DType.Int64), targetLengths, logProbabilities.Shape[2], blank); // [batch, states]
        Tensor[] operands = [logProbabilities, labels, lengths, ends];
        Tensor values = CtcOp.Default.Apply(operands);
        if (zeroInfinity)
            values = Tensor.Where(values.EqualTo(double.PositiveInfinity), 0, values);
        if (reduction != Reduction.Mean)
            return Reduce(values, reduction);
        return (values / Tensor.Maximum(ends.To(values.DType) / 2, Tensor.ConstantLike(1, values))).Mean();
    }

    // Blank, label, blank, label, ..., blank: equal neighbours of labels are told apart by the blank between them.
    private static Tensor WithBlanks(Tensor target, ReadOnlySpan<int> targetLengths, long classes, int blank)
    {
        (long batch, long longest) = (target.Shape[0], target.Shape[1]);
        int[] lengths = targetLengths.ToArray();
        Recording.Inspect(target, values => AreLabels(values.ToArray<long>(), longest, lengths, classes, blank));
        Tensor counts = Tensor.From<long>(Array.ConvertAll(lengths, length => (long)length)).Unsqueeze(1), place = Tensor.Arange(0, longest, 1, DType.Int64);
        Tensor blanks = Tensor.Full([batch, longest], blank, DType.Int64), labels = Tensor.Where(place < counts, target, blanks);
        return Tensor.Concat([Tensor.Stack([blanks, labels], -1).Reshape(batch, 2 * longest), Tensor.Full([batch, 1], blank, DType.Int64)], 1);
    }

    private static bool AreLabels(long[] target, long longest, int[] lengths, long classes, int blank)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int j = 0; j < lengths[i]; j++)
            {
                long label = target[i * longest + j];
                if (label == blank || (ulong)label >= (ulong)classes)
                    throw new ShapeException($"Ctc: label {j} of target {i} is {label}, but must be one of the {classes} classes and not the blank, {blank}.");
            }
        }
        return true;
    }

    private static void CheckCtc(Tensor logProbabilities, Tensor target, ReadOnlySpan<int> inputLengths, ReadOnlySpan<int> targetLengths, int blank)
    {
        ArgumentNullException.ThrowIfNull(logProbabilities);
        ArgumentNullException.ThrowIfNull(target);
        ElementType.RequireFloating(logProbabilities, nameof(Ctc), nameof(logProbabilities));
        ElementType.RequireInteger(target, nameof(Ctc), nameof(target));
        if (logProbabilities.Rank != 3 || target.Rank != 2 || target.Shape[0] != logProbabilities.Shape[1])
            throw new ShapeException($"Ctc: logProbabilities has shape {logProbabilities.Shape} and target {target.Shape}; they must be [time, batch, classes] and [batch, length].");
        long batch = target.Shape[0];
        if (inputLengths.Length != batch || targetLengths.Length != batch)
            throw new ShapeException($"Ctc: there are {batch} sequences, but {inputLengths.Length} input lengths and {targetLengths.Length} target lengths.");
        if ((ulong)blank >= (ulong)logProbabilities.Shape[2])
            throw new ArgumentOutOfRangeException(nameof(blank), blank, $"Ctc: the blank must be one of the {logProbabilities.Shape[2]} classes.");
        for (int i = 0; i < batch; i++)
        {
            if (inputLengths[i] < 0 || inputLengths[i] > logProbabilities.Shape[0])
                throw new ArgumentOutOfRangeException(nameof(inputLengths), inputLengths[i], $"Ctc: the length of input {i} must lie between 0 and {logProbabilities.Shape[0]}.");
            if (targetLengths[i] < 0 || targetLengths[i] > target.Shape[1])
                throw new ArgumentOutOfRangeException(nameof(targetLengths), targetLengths[i], $"Ctc: the length of target {i} must lie between 0 and {target.Shape[1]}.");
        }
    }
}
