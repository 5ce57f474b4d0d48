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
        Tensor y = Drawn(shape, dtype, nameof(Normal));
        if (dtype == DType.Float32) DrawNormal<float>(y, key); else DrawNormal<double>(y, key);
        return (mean, deviation) == (0, 1) ? y : y * deviation + mean;
    }

    /// <summary>Numbers equally likely anywhere from <paramref name="low"/> up to but without <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">The bounds are in the wrong order or not finite.</exception>
    public static Tensor Uniform(Shape shape, RandomKey key, double low = 0, double high = 1, DType dtype = DType.Float32)
    {
        if (!(low <= high) || !double.IsFinite(high - low))
            throw new ArgumentException($"Uniform: low {low} must not be greater than high {high}, and both must be finite.");
        Tensor y = Drawn(shape, dtype, nameof(Uniform));
        if (dtype == DType.Float32) DrawUniform<float>(y, key); else DrawUniform<double>(y, key);
        // Rounding can reach the upper bound, which is excluded.
        return (low, high) == (0, 1) ? y : (y * (high - low) + low).Clamp(max: Math.Max(low, Below(high, dtype)));
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order, as int64; every order is equally likely.</summary>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public static unsafe Tensor Permutation(long count, RandomKey key)
    {
        Shape.RequireCount(count, nameof(Permutation), nameof(count));
        Tensor y = Arange(0, count, 1, DType.Int64);
        fixed (byte* start = &y.Start)
            Shuffle((long*)start, count, key);
        return y;
    }

    private static unsafe void Shuffle(long* places, long count, RandomKey key)
    {
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

    private static Tensor Drawn(Shape shape, DType dtype, string operation)
    {
        ArgumentNullException.ThrowIfNull(shape);
        RequireRandom(dtype, operation);
        return Uninitialized(shape, dtype);
    }

    private static unsafe void DrawNormal<T>(Tensor y, RandomKey key) where T : unmanaged
    {
        fixed (byte* target = &y.Start)
            Philox.Normal(key.Value, (T*)target, y.ElementCount);
    }

    private static unsafe void DrawUniform<T>(Tensor y, RandomKey key) where T : unmanaged
    {
        fixed (byte* target = &y.Start)
            Philox.Uniform(key.Value, (T*)target, y.ElementCount);
    }
}
