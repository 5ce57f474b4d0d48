using System.Globalization;
using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// How the learning rate changes from step to step: a function of the steps done and the first rate. A step is whatever the caller
/// counts, a batch or an epoch: <c>var rates = new CosineAnnealing(100).For(optimizer); ... optimizer.Step(); rates.Step();</c>
/// </summary>
/// <remarks>Schedules keep no state and can be shared; <see cref="Schedule"/> is the same by the share of the training that is done.</remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The rate after so many steps.</summary>
    /// <param name="done">The steps done, from 0.</param>
    /// <param name="initial">The rate at the beginning.</param>
    public abstract double Rate(long done, double initial);

    /// <summary>The numbers that it is made of, as text: two schedules of one kind with the same numbers and parts give the same rates. Empty for one that is code.</summary>
    internal virtual string Numbers => "";

    /// <summary>The schedules that it is made of.</summary>
    internal virtual IReadOnlyList<LearningRateSchedule> Parts => [];

    /// <summary>Lets the schedule set an optimizer's rates, those of its groups too, from their present values on.</summary>
    public LearningRateStepper For(Optimizer optimizer) => new(optimizer, this);

    private protected double Positive(double value, string name) => Bounds.Positive(value, GetType().Name, name);

    private protected double NotNegative(double value, string name) => Bounds.NotNegative(value, GetType().Name, name);

    private protected long AtLeastOne(long value, string name) => Bounds.AtLeast(value, 1, GetType().Name, name);

    private protected static string Text(double number) => OptimizerState.Text(number);

    private protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Half a cosine wave from 1 at 0 to 0 at 1.</summary>
    private protected static double CosineFall(double done) => (1 + Double1.Cos(new(Math.PI * done)).Value) / 2;

    private protected static double Pow(double x, double exponent) => Double1.Pow(new(x), new(exponent)).Value;
}
