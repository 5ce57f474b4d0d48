namespace ChainRule.Inspect;

/// <summary>
/// At which steps a doctor looks. That follows from the sizes of the network and of the batch alone and never from the clock, so that
/// the same training has the same findings on any machine.
/// </summary>
/// <remarks>Work is counted in nanoseconds of a fast core, rather too few for a step and too many for a look: so the budget is kept on slower ones.</remarks>
internal sealed class LookSchedule(GradientDoctorOptions options, IReadOnlyList<Tensor> parameters)
{
    /// <summary>So many steps at the beginning are always looked at.</summary>
    public const int AlwaysSeen = 4;

    private const int Spread = 60;

    // What each parameter costs a step beside arithmetic, and one that is replayed.
    private const double ParameterInStep = 1000, ParameterInReplay = 150;

    // Forward and backward are 6 operations for each weight and row, at 150 of them in a nanosecond; the optimizer reads and writes each weight.
    private const double WeightAndRow = 0.04, WeightInStep = 0.3;

    // Judging takes some time even of the smallest network; of at most so many elements of each parameter the sizes are sorted.
    private const double Judging = 20_000, ParameterInLook = 3000, SortedInLook = 50, MostSorted = 1024;

    // Weight and gradient are read once each, inputs and activations once.
    private const double WeightInLook = 2, WeightInHistogram = 1.5, NumberInLook = 2;

    // Where the batch is small, the span of a hidden layer is worked out as well.
    private const double ReachInLook = 80_000, MostRowsForReach = 64;

    private readonly double _weights = parameters.Sum(parameter => parameter.ElementCount), _sorted = parameters.Sum(parameter => Math.Min(MostSorted, parameter.ElementCount));
    private readonly long _stride = Math.Max(options.Every, (options.ExpectedSteps ?? long.MaxValue) / Spread);
    private int _looks;

    /// <summary>The next step at which to look.</summary>
    public long Next { get; private set; }

    /// <summary>Notes a look.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rows">The examples in its batch.</param>
    /// <param name="numbers">How many inputs and outputs of activations were looked at.</param>
    /// <param name="isReplayed">Whether the step is compiled.</param>
    public void Note(long step, long rows, long numbers, bool isReplayed)
    {
        _looks++;
        long distance = step + 1 < AlwaysSeen ? 1 : options.Budget >= 1 || _looks < options.FreeLooks ? options.Every : Distance(rows, numbers, isReplayed);
        Next = (step / distance + 1) * distance;
        if (options.ExpectedSteps is { } steps)
            Next = Math.Min(Next, step < steps - 1 ? Math.Min(steps - 1, (step / _stride + 1) * _stride) : long.MaxValue);
    }

    private long Distance(long rows, long numbers, bool isReplayed)
    {
        double step = parameters.Count * (isReplayed ? ParameterInReplay : ParameterInStep) + _weights * (rows * WeightAndRow + WeightInStep);
        double look = Judging + parameters.Count * ParameterInLook + _sorted * SortedInLook + _weights * (WeightInLook + (options.Histograms ? WeightInHistogram : 0))
            + numbers * NumberInLook + (rows <= MostRowsForReach ? ReachInLook : 0);
        // A multiple, so that looks stay on steps where they would be anyway.
        return Math.Max(1, (long)Math.Ceiling(look / (options.Budget * step * options.Every))) * options.Every;
    }
}
