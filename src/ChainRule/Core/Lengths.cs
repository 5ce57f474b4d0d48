namespace ChainRule;

/// <summary>The p-norm (Σ|x|^p)^(1/p) along the last axis, for the distances; its gradient is 0 at the zero vector.</summary>
internal static class Lengths
{
    public static Tensor Of(Tensor x, double p)
    {
        if (x.Shape[^1] == 0) return x.Sum(-1);
        if (p == 1) return x.Abs().Sum(-1);
        if (p == 0) return x.NotEqualTo(0).To(x.DType).Sum(-1);
        if (double.IsPositiveInfinity(p)) return x.Abs().Max(-1);
        Tensor size = x.Abs();
        // Divided by the largest, no square overflows. The length does not depend on what it is divided by.
        Tensor largest = size.Detach().Max(-1, keepDims: true);
        Tensor isOrdinary = (largest > 0).And(largest < double.PositiveInfinity);
        Tensor scale = Tensor.Where(isOrdinary, largest, 1);
        Tensor sum = Powers(x / scale, p).Sum(-1);
        Tensor isZero = sum.EqualTo(0);
        Tensor positive = Tensor.Where(isZero, 1, sum);
        Tensor root = p == 2 ? positive.Sqrt() : positive.Pow(1 / p);
        return Tensor.Where(isZero, 0, root) * scale.Squeeze(-1);
    }

    // |x|^p; below p = 2 its derivatives at 0 are infinite or none, and taken as 0.
    private static Tensor Powers(Tensor x, double p)
    {
        if (p == 2) return x.Square();
        Tensor isZero = x.EqualTo(0);
        return Tensor.Where(isZero, 0, Tensor.Where(isZero, 1, x).Abs().Pow(p));
    }
}
