using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Normal numbers of this mean and standard deviation.</summary>
    public static Tensor Normal(Shape shape, RandomKey key, double mean = 0, double deviation = 1, DType dtype = DType.Float32)
    {
        Tensor y = Drawn(shape, dtype, nameof(Normal));
        if (dtype == DType.Float32) DrawNormal<float>(y, key); else DrawNormal<double>(y, key);
        return (mean, deviation) == (0, 1) ? y : y * deviation + mean;
    }

    /// <summary>Numbers equally likely anywhere from <paramref name="low"/> up to but without <paramref name="high"/>.</summary>
    public static Tensor Uniform(Shape shape, RandomKey key, double low = 0, double high = 1, DType dtype = DType.Float32)
    {
        Tensor y = Drawn(shape, dtype, nameof(Uniform));
        if (dtype == DType.Float32) DrawUniform<float>(y, key); else DrawUniform<double>(y, key);
        return (low, high) == (0, 1) ? y : y * (high - low) + low;
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order, as int64; every order is equally likely.</summary>
    public static Tensor Permutation(long count, RandomKey key)
    {
        Tensor y = Arange(0, count, 1, DType.Int64);
        Span<long> places = y.Span<long>();
        for (int i = places.Length - 1; i > 0; i--)
        {
            // A 64-bit word scaled down to 0..i: uneven by at most i / 2^64.
            (uint low, uint high, _, _) = Philox.Block(key.Value, (ulong)i, 0);
            int j = (int)Math.BigMul((ulong)high << 32 | low, (ulong)i + 1, out _);
            (places[i], places[j]) = (places[j], places[i]);
        }
        return y;
    }

    private static Tensor Drawn(Shape shape, DType dtype, string operation)
    {
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
