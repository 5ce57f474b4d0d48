namespace ChainRule;

/// <summary>Powers of 2 that bring magnitudes into a range whose squares neither overflow nor vanish; to scale by them is exact.</summary>
internal static class PowerOfTwo
{
    /// <summary>What to multiply elements by, given the largest magnitude: 1 for ordinary ones, and where it is 0, infinite or NaN.</summary>
    public static Tensor ForSquares(Tensor largest)
    {
        // Squares of what lies between the bounds are at least 2^±80 (2^±600) in size, with room for those that are smaller by an ulp
        // and for sums of 2^20 of them and more; so are those of subnormal and of huge elements times the factor.
        (int bound, int factor) = largest.DType == DType.Float32 ? (40, 90) : (300, 600);
        Tensor isTiny = (largest < Math.ScaleB(1, -bound)).And(largest > 0);
        Tensor isHuge = (largest > Math.ScaleB(1, bound)).And(largest < double.PositiveInfinity);
        return Tensor.Where(isTiny, Math.ScaleB(1, factor), Tensor.Where(isHuge, Math.ScaleB(1, -factor), Tensor.ConstantLike(1, largest)));
    }
}
