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

    // A parameter's share of what a step costs beside arithmetic, and of the same step where it is replayed.
    private const double ParameterInStep = 1200, ParameterInReplay = 150;

    // Forward and backward are 6 operations for each weight and row, at 100 of them in a nanosecond; the optimizer reads and writes each.
    private const double WeightAndRow = 0.06, WeightInStep = 0.3;

    // Weight and gradient are read once each for their norms; what is sampled, sorted and judged does not grow with the network.
    private const double ParameterInLook = 30_000, WeightInLook = 1, WeightInHistogram = 1.5, ActivationInLook = 4;

    private readonly double _weights = parameters.Sum(parameter => parameter.ElementCount);
    private int _looks;

    /// <summary>The next step at which to look.</summary>
    public long Next { get; private set; }

    /// <summary>Notes a look.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rows">The examples in its batch.</param>
    /// <param name="activations">How many outputs of activations were looked at.</param>
    /// <param name="isReplayed">Whether the step is compiled.</param>
    public void Note(long step, long rows, long activations, bool isReplayed)
    {
        _looks++;
        long distance = step + 1 < AlwaysSeen ? 1 : options.Budget >= 1 || _looks < options.FreeLooks ? options.Every : Distance(rows, activations, isReplayed);
        Next = (step / distance + 1) * distance;
    }

    private long Distance(long rows, long activations, bool isReplayed)
    {
        double step = parameters.Count * (isReplayed ? ParameterInReplay : ParameterInStep) + _weights * (rows * WeightAndRow + WeightInStep);
        double look = parameters.Count * ParameterInLook + _weights * (WeightInLook + (options.Histograms ? WeightInHistogram : 0)) + activations * ActivationInLook;
        // A multiple, so that looks stay on steps where they would be anyway.
        return Math.Max(1, (long)Math.Ceiling(look / (options.Budget * step * options.Every))) * options.Every;
    }
}
