using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>
    /// What to multiply x by so that no mean of squares over the axes over- or underflows against ε: 1 for ordinary rows. Null, and no
    /// pass over x, where all are ordinary by the means of squares that were computed.
    /// </summary>
    public static Tensor? Against(Tensor x, Tensor meanOfSquares, Axes? axes, double epsilon)
    {
        // An ε above this swamps what underflows.
        double least = Math.ScaleB(1, x.DType == DType.Float32 ? -80 : -600);
        bool mayBeTiny = epsilon >= least;
        if (x.ElementCount == 0 || Recording.Inspect(meanOfSquares, squares => AreOrdinary(squares.ToContiguous(), mayBeTiny ? 0 : least)))
            return null;
        Tensor lift = ForSquares(x.Detach().Abs().Max(axes, keepDims: true));
        return mayBeTiny ? Tensor.Minimum(lift, Tensor.ConstantLike(1, lift)) : lift;
    }

    /// <summary>Whether all elements of a contiguous tensor are finite and at least so large; no NaN is.</summary>
    public static bool AreOrdinary(Tensor values, double least) => values.DType == DType.Float32
        ? AreWithin(Elements<float>(values), (float)least, float.MaxValue)
        : AreWithin(Elements<double>(values), least, double.MaxValue);

    private static bool AreWithin<T>(ReadOnlySpan<T> values, T least, T most) where T : IComparisonOperators<T, T, bool>
    {
        foreach (T value in values)
        {
            if (!(value >= least && value <= most)) return false;
        }
        return true;
    }

    private static ReadOnlySpan<T> Elements<T>(Tensor x) where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref x.Start), checked((int)x.ElementCount));
}
