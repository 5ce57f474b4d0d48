using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Normal numbers of this mean and standard deviation.</summary>
    /// <exception cref="ArgumentException">The deviation is negative or not a number.</exception>
    public static Tensor Normal(Shape shape, RandomKey key, double mean = 0, double deviation = 1, DType dtype = DType.Float32)
    {
        if (!(deviation >= 0))
            throw new ArgumentException($"Normal: the deviation is {deviation}, but must not be negative.");
        Tensor y = Drawn(Fresh(shape, dtype, nameof(Normal)), key, DrawNormal);
        return (mean, deviation) == (0, 1) ? y : y * deviation + mean;
    }

    /// <summary>Numbers equally likely anywhere from <paramref name="low"/> up to but without <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">The bounds are in the wrong order or not finite.</exception>
    public static Tensor Uniform(Shape shape, RandomKey key, double low = 0, double high = 1, DType dtype = DType.Float32)
    {
        if (!(low <= high) || !double.IsFinite(high - low))
            throw new ArgumentException($"Uniform: low {low} must not be greater than high {high}, and both must be finite.");
        Tensor y = Drawn(Fresh(shape, dtype, nameof(Uniform)), key, DrawUniform);
        // Rounding can reach the upper bound, which is excluded.
        return (low, high) == (0, 1) ? y : (y * (high - low) + low).Clamp(max: Math.Max(low, Below(high, dtype)));
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order, as int64; every order is equally likely.</summary>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public static Tensor Permutation(long count, RandomKey key)
    {
        Shape.RequireCount(count, nameof(Permutation), nameof(count));
        return Drawn(Uninitialized([count], DType.Int64), key, static (key, y) => Shuffle(y, key));
    }

    private static unsafe void Shuffle(Tensor y, RandomKey key)
    {
        fixed (byte* start = &y.Start)
            Shuffle((long*)start, y.ElementCount, key);
    }

    private static unsafe void Shuffle(long* places, long count, RandomKey key)
    {
        for (long i = 0; i < count; i++)
            places[i] = i;
        for (long i = count - 1; i > 0; i--)
        {
            // A 64-bit word scaled down to 0..i: uneven by at most i / 2^64.
            (uint low, uint high, _, _) = Philox.Block(key.Value, (ulong)i, 0);
            long j = (long)Math.BigMul((ulong)high << 32 | low, (ulong)i + 1, out _);
            (places[i], places[j]) = (places[j], places[i]);
        }
    }

    private static double Below(double bound, DType dtype)
    {
        if (dtype == DType.Float64) return Math.BitDecrement(bound);
        float nearest = (float)bound;
        return nearest < bound ? nearest : MathF.BitDecrement(nearest);
    }

    // Fills a tensor with random numbers, and tells a recording how to do it again.
    private static Tensor Drawn(Tensor y, RandomKey key, Action<RandomKey, Tensor> fill)
    {
        if (!y.Storage.IsCountedOnly)
            fill(key, y);
        Recording.Current?.Drew(y, key, fill);
        return y;
    }

    private static Tensor Fresh(Shape shape, DType dtype, string operation)
    {
        ArgumentNullException.ThrowIfNull(shape);
        RequireRandom(dtype, operation);
        return Uninitialized(shape, dtype);
    }

    private static unsafe void DrawNormal(RandomKey key, Tensor y)
    {
        fixed (byte* target = &y.Start)
        {
            if (y.DType == DType.Float32)
                Philox.Normal(key.Value, (float*)target, y.ElementCount);
            else
                Philox.Normal(key.Value, (double*)target, y.ElementCount);
        }
    }

    private static unsafe void DrawUniform(RandomKey key, Tensor y)
    {
        fixed (byte* target = &y.Start)
        {
            if (y.DType == DType.Float32)
                Philox.Uniform(key.Value, (float*)target, y.ElementCount);
            else
                Philox.Uniform(key.Value, (double*)target, y.ElementCount);
        }
    }
}
