namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The median over all axes or some: the middle element in order, or the mean of the two in the middle; NaN if there is one. Equal elements share the gradient.</summary>
    /// <remarks>PyTorch's median of an even number of elements is the smaller of the two: <c>Quantile(0.5, rule: QuantileRule.Lower)</c>.</remarks>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor Median(Axes? axes = null, bool keepDims = false) => QuantileOf(nameof(Median), 0.5, axes, keepDims, QuantileRule.Midpoint);

    /// <summary>The value below which the share <paramref name="q"/> of the elements lies, over all axes or some: at q·(n - 1) in their order, from 0; NaN if there is one.</summary>
    /// <param name="q">The share, from 0 (the smallest) to 1 (the largest).</param>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    /// <param name="rule">What lies between two elements.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not between 0 and 1.</exception>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor Quantile(double q, Axes? axes = null, bool keepDims = false, QuantileRule rule = QuantileRule.Linear)
    {
        if (!(q >= 0 && q <= 1))
            throw new ArgumentOutOfRangeException(nameof(q), q, "Quantile: the share must be between 0 and 1.");
        return QuantileOf(nameof(Quantile), q, axes, keepDims, rule);
    }

    private Tensor QuantileOf(string operation, double q, Axes? axes, bool keepDims, QuantileRule rule)
    {
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        uint mask = Axes.Mask(axes, Shape, operation);
        double last = CountOver(axes, operation) - 1, place = q * last;
        if (last < 0)
            throw new ShapeException($"{operation}: shape {Shape} has no elements to choose from.");
        double lower = Math.Floor(place), upper = Math.Min(lower + 1, last), share = rule switch
        {
            QuantileRule.Linear => place - lower,
            QuantileRule.Lower => 0,
            QuantileRule.Higher => place > lower ? 1 : 0,
            QuantileRule.Midpoint => place > lower ? 0.5 : 0,
            QuantileRule.Nearest => Math.Round(place) - lower,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, $"{operation}: {rule} is no {nameof(QuantileRule)}."),
        };
        // A share of 0 is left out: an infinite element would make it NaN.
        Tensor y = share == 0 ? Ranked(x, mask, lower)
            : share == 1 ? Ranked(x, mask, upper)
            : Ranked(x, mask, lower) * (1 - share) + Ranked(x, mask, upper) * share;
        return Reduced.KeepDims(y, Shape, mask, keepDims);
    }

    private static Tensor Ranked(Tensor x, uint mask, double rank) => mask == 0 ? x : new OrderStatisticOp(mask, (long)rank).Apply(x);
}
