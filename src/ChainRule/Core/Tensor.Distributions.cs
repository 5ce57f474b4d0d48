using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whole numbers equally likely from <paramref name="low"/> up to but without <paramref name="high"/>, as int64.</summary>
    /// <exception cref="ArgumentException">There is no number from low on below high.</exception>
    public static Tensor RandomIntegers(Shape shape, RandomKey key, long low, long high)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (low >= high)
            throw new ArgumentException($"RandomIntegers: there is no number from {low} on below {high}.");
        return Drawn(Uninitialized(shape, DType.Int64), key, (key, y) => DrawIntegers(key, y, low, high));
    }

    /// <summary>1 with this probability, else 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Tensor Bernoulli(Shape shape, RandomKey key, double probability = 0.5, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Bounds.Share(probability, nameof(Bernoulli), nameof(probability));
        dtype.RequireDefined(nameof(Bernoulli));
        return (Uniform(shape, key, dtype: DType.Float64) < probability).To(dtype);
    }

    /// <summary>1 with the probability that the element gives, else 0, in the tensor's type; never for 0, always for 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not between 0 and 1, or NaN.</exception>
    public static Tensor Bernoulli(Tensor probabilities, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ElementType.RequireFloating(probabilities, nameof(Bernoulli), nameof(probabilities));
        Recording.Inspect(probabilities, RequireProbabilities);
        return (Uniform(probabilities.Shape, key, dtype: DType.Float64) < probabilities).To(probabilities.DType);
    }

    /// <summary>Exponentially distributed numbers, of density rate · e^(-rate · x) for x ≥ 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a positive number.</exception>
    public static Tensor Exponential(Shape shape, RandomKey key, double rate = 1, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Bounds.Positive(rate, nameof(Exponential), nameof(rate));
        RequireRandom(dtype, nameof(Exponential));
        return ((-Uniform(shape, key, dtype: DType.Float64)).Log1p() / -rate).To(dtype);
    }

    /// <summary>Normal numbers of this mean and standard deviation, but none outside <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">The bounds are not in order, or the deviation is not positive.</exception>
    public static Tensor TruncatedNormal(Shape shape, RandomKey key, double mean = 0, double deviation = 1, double low = -2, double high = 2, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!(low < high) || !(deviation > 0) || !double.IsFinite(mean) || !double.IsFinite(deviation))
            throw new ArgumentException($"TruncatedNormal: the bounds {low} and {high} must be in order, the mean {mean} finite and the deviation {deviation} positive.");
        RequireRandom(dtype, nameof(TruncatedNormal));
        Tensor y = Drawn(Uninitialized(shape, DType.Float64), key, (key, y) => DrawTruncated(key, y, (low - mean) / deviation, (high - mean) / deviation));
        return (y * deviation + mean).Clamp(low, high).To(dtype);
    }

    /// <summary>Positions drawn from the last axis with the probabilities, up to a factor, that it gives; int64, of shape [.., count].</summary>
    /// <param name="probabilities">Non-negative, not all 0 along the last axis.</param>
    /// <param name="count">How many.</param>
    /// <param name="key">The key of the draw.</param>
    /// <param name="replacement">Whether one position can be drawn more than once.</param>
    /// <exception cref="ArgumentException">A probability is negative or not finite, or there are too few that are not 0.</exception>
    public static Tensor Multinomial(Tensor probabilities, long count, RandomKey key, bool replacement = true)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ElementType.RequireFloating(probabilities, nameof(Multinomial), nameof(probabilities));
        Bounds.AtLeast(count, 0, nameof(Multinomial), nameof(count));
        if (probabilities.Rank == 0)
            throw new ShapeException("Multinomial: a single number is no distribution; the last axis must list the probabilities.");
        Tensor p = probabilities.Detach().To(DType.Float64);
        Recording.Inspect(p, values => RequireDistribution(values, replacement ? Math.Min(count, 1) : count));
        long choices = p.Shape[^1];
        Shape shape = Shape.For(nameof(Multinomial), [.. p.Shape.Sizes[..^1], count]);
        if (shape.ElementCount == 0)
            return Zeros(shape, DType.Int64);
        if (!replacement) // the first of exponential arrival times: each comes next with its share of what is left
            return (Exponential(p.Shape, key, 1, DType.Float64) / p).Argsort(-1).Slice(-1, 0, count);
        Tensor sums = p.CumulativeSum(-1);
        // Short of the whole sum by more than a rounding, so that nothing lies beyond it.
        Tensor drawn = Uniform(shape, key, dtype: DType.Float64) * (1 - 1e-15) * sums.Slice(-1, choices - 1, 1);
        return sums.SearchSorted(drawn, right: true);
    }

    private static unsafe void DrawIntegers(RandomKey key, Tensor y, long low, long high)
    {
        fixed (byte* target = &y.Start)
            Philox.Integers(key.Value, low, unchecked((ulong)high - (ulong)low), (long*)target, y.ElementCount);
    }

    private static unsafe void DrawTruncated(RandomKey key, Tensor y, double low, double high)
    {
        fixed (byte* target = &y.Start)
            Philox.TruncatedNormal(key.Value, low, high, (double*)target, y.ElementCount);
    }

    private static bool RequireProbabilities(Tensor probabilities)
    {
        if (!(probabilities >= 0).And(probabilities <= 1).All().Item<bool>())
            throw new ArgumentOutOfRangeException(nameof(probabilities), $"Bernoulli: probabilities of shape {probabilities.Shape} must lie between 0 and 1, each of them.");
        return true;
    }

    private static bool RequireDistribution(Tensor probabilities, long needed)
    {
        if (!(probabilities >= 0).And(probabilities < double.PositiveInfinity).All().Item<bool>())
            throw new ArgumentException($"Multinomial: probabilities of shape {probabilities.Shape} must be finite and not negative.", nameof(probabilities));
        if (probabilities.ElementCount > 0 ? probabilities.CountNonzero(-1).Min().Item<long>() < needed : needed > 0 && Reduced.Shape(probabilities.Shape, 1u << (probabilities.Rank - 1)).ElementCount > 0)
            throw new ArgumentException($"Multinomial: {needed} different positions cannot be drawn from a row of probabilities of shape {probabilities.Shape} that has fewer above 0.", nameof(probabilities));
        return true;
    }

    private static void RequireRandom(DType dtype, string operation)
    {
        dtype.RequireDefined(operation);
        if (!dtype.IsFloating())
            throw new DTypeException($"{operation}: random numbers are float32 or float64, not {dtype.Lower()}. Convert them with .To({nameof(DType)}.{dtype}).");
    }
}
