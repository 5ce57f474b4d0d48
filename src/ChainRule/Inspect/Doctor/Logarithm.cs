using ChainRule.Kernels;

namespace ChainRule.Inspect;

/// <summary>Logarithms of single numbers with the same bits on every system.</summary>
internal static class Logarithm
{
    private const double Ln10 = 2.302585092994046;

    public static double Natural(double x) => Double1.Log(new Double1(x)).Value;

    /// <summary>log10 x; a power of ten gives a whole number, whose decade must not depend on a rounding.</summary>
    public static double Decimal(double x)
    {
        double decade = Natural(x) / Ln10, whole = Math.Round(decade);
        return Math.Abs(decade - whole) < 1e-12 ? whole : decade;
    }
}
