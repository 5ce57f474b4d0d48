namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln(e^x[0] + .. + e^x[i]) along an axis, without overflow; -inf, with a gradient of 0, while all are; several +inf share it equally.</summary>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    public Tensor CumulativeLogSumExp(int axis) =>
        LastAxis.Apply(ElementType.Prepare(this, takesIntegers: false), axis, nameof(CumulativeLogSumExp), RowLogSums);

    private static Tensor RowLogSums(Tensor x)
    {
        if (x.ElementCount == 0) return x;
        Tensor largest = x.Detach().CumulativeMax(-1).Values;
        if (!Recording.Inspect(largest, values => values.EqualTo(double.PositiveInfinity).To(DType.Int32).Max().Item<int>() == 1))
            return FiniteRowLogSums(x, largest);
        // From the first +inf on the sum is the mean of those so far.
        Tensor isInfinite = x.Detach().EqualTo(double.PositiveInfinity), isTop = largest.EqualTo(double.PositiveInfinity);
        Tensor count = Where(isTop, isInfinite.To(x.DType).CumulativeSum(-1), 1.0);
        Tensor mean = Where(isInfinite, x, 0.0).CumulativeSum(-1) / count;
        return Where(isTop, mean, FiniteRowLogSums(Where(isTop, double.NegativeInfinity, x), Where(isTop, double.NegativeInfinity, largest)));
    }

    // The sums are carried relative to the largest element so far, m: s[i] = e^(m[i-1] - m[i])·s[i-1] + e^(x[i] - m[i]) is never below 1.
    private static Tensor FiniteRowLogSums(Tensor x, Tensor largest)
    {
        long length = x.Shape[^1];
        Tensor shift = Where(largest.Abs() < double.PositiveInfinity, largest, 0.0);
        Tensor step = (shift.Slice(-1, 0, length - 1) - shift.Slice(-1, 1, length - 1)).Clamp(max: 0);
        Tensor sums = RecurrenceOp.Default.Apply(step.Exp().Pad(-1, 1, 0), (x - shift).Exp());
        Tensor isEmpty = sums.EqualTo(0);
        return Where(isEmpty, double.NegativeInfinity, shift + Where(isEmpty, 1.0, sums).Log());
    }
}
