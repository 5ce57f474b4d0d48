namespace ChainRule.Tests.Laws;

/// <summary>The tolerances of the laws, in one place, and what "the same" means.</summary>
internal static class Compare
{
    /// <summary>Values in float64 against a reference in double: a few units in the last place of a short computation.</summary>
    public const double RelativeInDouble = 1e-13, AbsoluteInDouble = 1e-15;

    /// <summary>Values in float32 against the same reference.</summary>
    public const double RelativeInSingle = 2e-6, AbsoluteInSingle = 4e-7;

    /// <summary>Gradients in float64 against extrapolated differences (numerics.md).</summary>
    public const double RelativeOfSlope = 1e-9, AbsoluteOfSlope = 1e-12;

    /// <summary>Equal bits, where every NaN is like another.</summary>
    public static void SameBits(Tensor expected, Tensor actual, string because)
    {
        Assert.True(expected.Shape == actual.Shape && expected.DType == actual.DType, $"{because}: {expected.DType}{expected.Shape} and {actual.DType}{actual.Shape}");
        double[] left = expected.ToArray<double>(), right = actual.ToArray<double>();
        for (int i = 0; i < left.Length; i++)
            Assert.True(IsSame(left[i], right[i]), $"{because}: element {i} is {right[i]:R}, not {left[i]:R}");
    }

    public static bool IsSame(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative, double absolute, string because)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isClose = IsSame(expected[i], actual[i])
                || Math.Abs(expected[i] - actual[i]) <= absolute + relative * Math.Max(Math.Abs(expected[i]), Math.Abs(actual[i]));
            Assert.True(isClose, $"{because}: element {i} is {actual[i]:R}, not {expected[i]:R}, a difference of {Math.Abs(actual[i] - expected[i]):G3}");
        }
    }
}
