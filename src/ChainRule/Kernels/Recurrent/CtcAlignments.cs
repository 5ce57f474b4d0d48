namespace ChainRule.Kernels;

/// <summary>
/// For each sequence -ln of the probability of all alignments with its target, and the derivative of that by the log-probabilities:
/// minus the probability of being in a state at a time, added up over the states of a class. Logarithms in float64 throughout.
/// </summary>
/// <remarks>
/// With a[t, s] over the ways into state s and b[t, s] over those out of it, ln Σ of the first until t and the second from t on:
/// a[t, s] = ln(e^a[t-1, s] + e^a[t-1, s-1] + e^a[t-1, s-2]) + ln p[t, label s], the last term where a blank may be left out. Sequences
/// do not depend on each other, and each is one thread's.
/// </remarks>
internal readonly unsafe struct CtcAlignments(CtcSizes sizes, double* logProbabilities, long* labels, long* lengths, long* ends, double* reached, double* losses, double* slope) : IWork
{
    private const double Never = double.NegativeInfinity;

    /// <summary>The losses, one for each sequence, or the derivatives, one for each log-probability.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="logProbabilities">[time, batch, classes].</param>
    /// <param name="labels">[batch, states], blanks included; of each sequence the states up to its end count.</param>
    /// <param name="lengths">How many times of each sequence count.</param>
    /// <param name="ends">The last state of each sequence.</param>
    /// <param name="isSlope">Whether to give the derivatives.</param>
    public static double[] Run(CtcSizes sizes, double[] logProbabilities, long[] labels, long[] lengths, long[] ends, bool isSlope)
    {
        // Two rows more: before the first time, and of the way back.
        double[] reached = GC.AllocateUninitializedArray<double>(checked((int)(sizes.Batch * (sizes.Times + 2) * sizes.States)));
        double[] losses = new double[sizes.Batch], slope = isSlope ? new double[logProbabilities.Length] : [];
        fixed (double* p = logProbabilities, a = reached, loss = losses, y = slope)
        {
            fixed (long* label = labels, length = lengths, end = ends)
                WorkerTeam.Shared.Run((int)sizes.Batch, new CtcAlignments(sizes, p, label, length, end, a, loss, y));
        }
        return isSlope ? slope : losses;
    }

    public void Invoke(int sequence)
    {
        double* a = reached + sequence * (sizes.Times + 2) * sizes.States;
        long* label = labels + sequence * sizes.States;
        long states = ends[sequence] + 1, times = lengths[sequence];
        double total = Forward(sequence, a, label, states, times);
        losses[sequence] = -total;
        if (slope is not null && total != Never)
            Backward(sequence, a, label, states, times, total);
    }

    // Rows of a: before the first time, and after each.
    private double Forward(long sequence, double* a, long* label, long states, long times)
    {
        for (long s = 0; s < states; s++)
            a[s] = s == 0 ? 0 : Never;
        for (long t = 0; t < times; t++)
        {
            double* before = a + t * sizes.States, now = before + sizes.States, p = At(t, sequence);
            for (long s = 0; s < states; s++)
                now[s] = LogSum(before[s], s > 0 ? before[s - 1] : Never, IsSkipped(label, s) ? before[s - 2] : Never) + p[label[s]];
        }
        double* last = a + times * sizes.States;
        return LogSum(last[states - 1], states > 1 ? last[states - 2] : Never, Never);
    }

    private void Backward(long sequence, double* a, long* label, long states, long times, double total)
    {
        // One row, changed in place from the front, since a state leads to later ones only.
        double* b = a + (sizes.Times + 1) * sizes.States;
        for (long s = 0; s < states; s++)
            b[s] = s >= states - 2 ? 0 : Never;
        for (long t = times - 1; t >= 0; t--)
        {
            double* p = At(t, sequence), y = slope + (p - logProbabilities), now = a + (t + 1) * sizes.States;
            for (long s = 0; s < states; s++)
            {
                y[label[s]] -= Double1.Exp(new(now[s] + b[s] - total)).Value;
                b[s] += p[label[s]];
            }
            for (long s = 0; s < states; s++)
                b[s] = LogSum(b[s], s + 1 < states ? b[s + 1] : Never, s + 2 < states && IsSkipped(label, s + 2) ? b[s + 2] : Never);
        }
    }

    private double* At(long time, long sequence) => logProbabilities + (time * sizes.Batch + sequence) * sizes.Classes;

    // The blank between two labels may be left out, unless they are equal.
    private static bool IsSkipped(long* label, long state) => state > 1 && label[state] != label[state - 2];

    private static double LogSum(double x, double y, double z)
    {
        double most = Math.Max(Math.Max(x, y), z);
        if (double.IsInfinity(most) || (y == Never && z == Never))
            return most;
        double sum = Double1.Exp(new(x - most)).Value + Double1.Exp(new(y - most)).Value + Double1.Exp(new(z - most)).Value;
        return most + Double1.Log(new(sum)).Value;
    }
}
