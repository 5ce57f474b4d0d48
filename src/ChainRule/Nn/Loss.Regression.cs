namespace ChainRule.Nn;

public static partial class Loss
{
    private const double LogOf2 = 0.69314718055994530942, LogOf2Pi = 1.83787706640934548356;

    /// <summary>|prediction - target|, by default its mean over all elements; its gradient is 0 where both are equal.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        Check(prediction, ref target, nameof(MeanAbsoluteError), nameof(prediction));
        return Reduce((prediction - target).Abs(), reduction);
    }

    /// <summary>d²/2 for a difference d of at most <paramref name="delta"/>, delta·(|d| - delta/2) beyond: an outlier pulls no harder than delta.</summary>
    /// <remarks>Huber, "Robust estimation of a location parameter", 1964.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Delta is not greater than 0.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, double delta = 1)
    {
        Check(prediction, ref target, nameof(Huber), nameof(prediction));
        if (!(delta > 0))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber: delta must be greater than 0.");
        return Reduce(Bent(prediction - target, delta), reduction);
    }

    /// <summary>d²/(2·beta) for a difference d of less than <paramref name="beta"/>, |d| - beta/2 beyond; |d| for a beta of 0.</summary>
    /// <remarks>Girshick, "Fast R-CNN", 2015. With a beta of 0 the gradient at d = 0 is 0.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Beta is negative.</exception>
    public static Tensor SmoothL1(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
    {
        Check(prediction, ref target, nameof(SmoothL1), nameof(prediction));
        if (!(beta >= 0))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "SmoothL1: beta must not be negative.");
        Tensor difference = prediction - target;
        return Reduce(beta == 0 ? difference.Abs() : Bent(difference, beta) / beta, reduction);
    }

    /// <summary>ln cosh d of the difference d: d²/2 near 0 and |d| - ln 2 far away, smooth everywhere.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor LogCosh(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        Check(prediction, ref target, nameof(LogCosh), nameof(prediction));
        Tensor difference = prediction - target, isNear = difference.Abs() < 1;
        // Near 0 the second formula subtracts equal numbers: ln cosh d = ln(1 + 2 sinh²(d/2)) = ln(1 + (e^d - 1)²e^(-d)/2).
        Tensor near = Tensor.Where(isNear, difference, 0), far = Tensor.Where(isNear, 1, difference.Abs());
        Tensor nearValue = (near.Expm1().Square() * (-near).Exp() / 2).Log1p();
        return Reduce(Tensor.Where(isNear, nearValue, far + ((-2 * far).Softplus() - LogOf2)), reduction);
    }

    /// <summary>e^x - t·x for a count t and the logarithm x of the rate of events: the negative logarithm of the Poisson likelihood, up to ln t!.</summary>
    /// <param name="prediction">x, or the rate e^x itself, not negative, if <paramref name="isLogarithm"/> is false.</param>
    /// <param name="target">t, not negative.</param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="isLogarithm">Whether the prediction is the logarithm of the rate; if not, the loss is rate - t ln(rate + epsilon).</param>
    /// <param name="isFull">Adds Stirling's t ln t - t + ln(2πt)/2 for ln t! where t is more than 1.</param>
    /// <param name="epsilon">Keeps a rate of 0 from an infinite logarithm.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count or a rate is negative.</exception>
    public static Tensor PoissonNegativeLogLikelihood(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, bool isLogarithm = true, bool isFull = false, double epsilon = 1e-8)
    {
        Bounds.NotNegative(epsilon, nameof(PoissonNegativeLogLikelihood), nameof(epsilon));
        Check(prediction, ref target, nameof(PoissonNegativeLogLikelihood), nameof(prediction));
        RequireWithin(target, 0, double.PositiveInfinity, nameof(PoissonNegativeLogLikelihood), nameof(target));
        if (!isLogarithm)
            RequireWithin(prediction, 0, double.PositiveInfinity, nameof(PoissonNegativeLogLikelihood), nameof(prediction));
        Tensor values = isLogarithm
            ? prediction.Exp() - target * prediction
            : prediction - target * (prediction + epsilon).Log();
        if (isFull)
        {
            Tensor isMany = target > 1, count = Tensor.Where(isMany, target, 1);
            values += Tensor.Where(isMany, count * count.Log() - count + (count.Log() + LogOf2Pi) / 2, 0);
        }
        return Reduce(values, reduction);
    }

    /// <summary>(ln v + (prediction - target)²/v)/2 for a predicted variance v: the negative logarithm of the normal density, up to ln(2π)/2.</summary>
    /// <param name="prediction">The predicted mean.</param>
    /// <param name="target">What came.</param>
    /// <param name="variance">v, of the prediction's shape or one that stretches to it; not negative.</param>
    /// <param name="reduction">What becomes of the values.</param>
    /// <param name="isFull">Adds ln(2π)/2.</param>
    /// <param name="epsilon">The least variance; the gradient of one that is smaller is 0.</param>
    /// <remarks>Nix and Weigend, "Estimating the mean and variance of the target probability distribution", 1994.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A variance is negative.</exception>
    public static Tensor GaussianNegativeLogLikelihood(Tensor prediction, Tensor target, Tensor variance, Reduction reduction = Reduction.Mean, bool isFull = false, double epsilon = 1e-6)
    {
        Bounds.NotNegative(epsilon, nameof(GaussianNegativeLogLikelihood), nameof(epsilon));
        Check(prediction, ref target, nameof(GaussianNegativeLogLikelihood), nameof(prediction));
        ArgumentNullException.ThrowIfNull(variance);
        if (Shape.Broadcast(prediction.Shape, variance.Shape, nameof(GaussianNegativeLogLikelihood)) != prediction.Shape)
            throw new ShapeException($"GaussianNegativeLogLikelihood: variance has shape {variance.Shape}, which does not stretch to {prediction.Shape}, the shape of prediction.");
        RequireWithin(variance, 0, double.PositiveInfinity, nameof(GaussianNegativeLogLikelihood), nameof(variance));
        Tensor divisor = variance.To(prediction.DType).Expand(prediction.Shape).Clamp(min: epsilon);
        Tensor values = (divisor.Log() + (prediction - target).Square() / divisor) / 2;
        return Reduce(isFull ? values + LogOf2Pi / 2 : values, reduction);
    }

    // d²/2 up to the bend, a tangent beyond: c·(d - c/2) with c = d cut off at ±bend, so that all derivatives are right at 0 too.
    private static Tensor Bent(Tensor difference, double bend)
    {
        Tensor cut = difference.Clamp(-bend, bend);
        return cut * (difference - cut / 2);
    }
}
