namespace ChainRule.Explain.Symbols;

/// <summary>Functions that the runtime lacks, in double, by other means than the library's kernels.</summary>
internal static class SpecialValues
{
    // The series needs few terms below it, and the fraction few above.
    private const double WhereFractionTakesOver = 3;
    private const int Terms = 80;

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>log(1 + x) after Kahan: the error of 1 + x cancels.</summary>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 || double.IsInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>exp(x) - 1 by tanh(x/2), which does not cancel.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        double half = Math.Tanh(x / 2);
        return 2 * half / (1 - half);
    }

    /// <summary>The error function: its series with positive terms, or the continued fraction of its complement.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size > 6) return Math.Sign(x);
        double scale = Math.Exp(-x * x) / Math.Sqrt(Math.PI);
        if (size < WhereFractionTakesOver)
        {
            double term = x, sum = x;
            for (int n = 1; n < Terms; n++)
                sum += term *= 2 * x * x / (2 * n + 1);
            return 2 * scale * sum;
        }
        double fraction = size;
        for (int n = Terms; n >= 1; n--)
            fraction = size + n / 2.0 / fraction;
        return Math.Sign(x) * (1 - scale / fraction);
    }
}
