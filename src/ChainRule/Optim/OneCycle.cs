namespace ChainRule.Optim;

/// <summary>Up to the peak and far down in one cycle, each half a cosine wave. The optimizer's own rate is the peak.</summary>
/// <remarks>Beyond the last step the rate stays. Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018.</remarks>
public sealed class OneCycle : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="steps">The steps of the whole cycle, at least 2.</param>
    /// <param name="rising">The share of them in which the rate rises, between 0 and 1.</param>
    /// <param name="startDivisor">What the peak is divided by at the beginning.</param>
    /// <param name="endDivisor">What the first rate is divided by at the end.</param>
    public OneCycle(long steps, double rising = 0.3, double startDivisor = 25, double endDivisor = 1e4)
    {
        if (steps < 2)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, "OneCycle: a cycle must have at least 2 steps.");
        if (!(rising is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rising), rising, "OneCycle: the share of rising steps must lie between 0 and 1.");
        (Steps, Rising) = (steps, rising);
        (StartDivisor, EndDivisor) = (Positive(startDivisor, nameof(startDivisor)), Positive(endDivisor, nameof(endDivisor)));
    }

    /// <summary>The steps of the whole cycle.</summary>
    public long Steps { get; }

    /// <summary>The share of them in which the rate rises.</summary>
    public double Rising { get; }

    /// <summary>What the peak is divided by at the beginning.</summary>
    public double StartDivisor { get; }

    /// <summary>What the first rate is divided by at the end.</summary>
    public double EndDivisor { get; }

    internal override string Numbers => $"steps {Text(Steps)}, rising {Text(Rising)}, start divisor {Text(StartDivisor)}, end divisor {Text(EndDivisor)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial)
    {
        double start = initial / StartDivisor, end = start / EndDivisor, top = Rising * Steps - 1, last = Steps - 1;
        if (done >= last)
            return end;
        return done < top
            ? initial + (start - initial) * CosineFall(done / top)
            : end + (initial - end) * CosineFall((done - top) / (last - top));
    }
}
