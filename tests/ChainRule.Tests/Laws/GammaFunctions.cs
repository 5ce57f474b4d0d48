namespace ChainRule.Tests.Laws;

/// <summary>The gamma function's kin and the inverse of the error function, in double, by other formulas than the kernels'.</summary>
internal static class GammaFunctions
{
    private static readonly double[] Bernoulli = [1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0];

    /// <summary>ln |Γ| by its series about 1 and products of steps up to 8, Stirling's series beyond, and the reflection left of 0.</summary>
    public static double Lgamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x) || (x <= 0 && x == Math.Floor(x))) return double.PositiveInfinity;
        if (Math.Abs(x) < 1e-17) return -Math.Log(Math.Abs(x));
        if (x < 0) return Math.Log(Math.PI / Math.Abs(x * SinOfPi(x))) - Lgamma(-x);
        return x < 8 ? LgammaBelow8(x) : Stirling(x);
    }

    private static double LgammaBelow8(double x)
    {
        // ln Γ(1 + z) = z (1 - γ) - ln(1 + z) + Σ (ζ(k) - 1) (-z)^k / k.
        if (x < 0.5) return LgammaBelow8(x + 1) - Math.Log(x);
        double product = 1;
        for (; x > 1.5; product *= x)
            x--;
        double z = x - 1, sum = (z * (1 - 0.57721566490153286)) - SpecialFunctions.Log1p(z);
        for (int k = 2; k < 40; k++)
            sum += ZetaLessOne(k) * Math.Pow(-z, k) / k;
        return product == 1 ? sum : sum + Math.Log(product);
    }

    private static double ZetaLessOne(int k)
    {
        double rest = (Math.Pow(300, 1 - k) / (k - 1)) + (0.5 * Math.Pow(300, -k)) + (k / 12.0 * Math.Pow(300, -k - 1)) - (k * (k + 1.0) * (k + 2) / 720 * Math.Pow(300, -k - 3));
        for (int i = 299; i > 1; i--)
            rest += Math.Pow(i, -k);
        return rest;
    }

    private static double Stirling(double x)
    {
        double sum = 0;
        for (int k = 1; k <= Bernoulli.Length; k++)
            sum += Bernoulli[k - 1] / (2 * k * (2 * k - 1) * Math.Pow(x, 2 * k - 1));
        return ((x - 0.5) * (Math.Log(x) - 1)) + (0.5 * (Math.Log(2 * Math.PI) - 1)) + sum;
    }

    /// <summary>The same way for its derivative.</summary>
    public static double Digamma(double x)
    {
        if (x == 0) return -1 / x;
        if (x < 0 && x == Math.Floor(x)) return double.NaN;
        if (Math.Abs(x) < 1e-17) return -1 / x;
        if (x < 0) return Digamma(-x) - (1 / x) - (Math.PI * CosOfPi(x) / SinOfPi(x));
        double steps = 0;
        for (; x < 20; x++)
            steps += 1 / x;
        double sum = 0;
        for (int k = 1; k <= Bernoulli.Length; k++)
            sum += Bernoulli[k - 1] / (2 * k * Math.Pow(x, 2 * k));
        return Math.Log(x) - (0.5 / x) - sum - steps;
    }

    /// <summary>-ψ₂ and its kin: the sum of (x + i)^-(n+1) over i, to 40 and by Euler and Maclaurin from there, for x above 0.</summary>
    public static double Polygamma(int order, double x)
    {
        double sum = 0, s = order + 1, factor = order % 2 == 0 ? -1 : 1;
        for (int i = 2; i <= order; i++)
            factor *= i;
        for (int i = 0; i < 40; i++, x++)
            sum += Math.Pow(x, -s);
        sum += (Math.Pow(x, 1 - s) / (s - 1)) + (0.5 * Math.Pow(x, -s)) + (s / 12 * Math.Pow(x, -s - 1))
            - (s * (s + 1) * (s + 2) / 720 * Math.Pow(x, -s - 3)) + (s * (s + 1) * (s + 2) * (s + 3) * (s + 4) / 30240 * Math.Pow(x, -s - 5));
        return factor * sum;
    }

    /// <summary>1 - erf, by a continued fraction (Lentz) where it is small.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 1) return 1 - SpecialFunctions.Erf(x);
        if (x > 27.5) return 0;
        double fraction = 0;
        for (int k = 400; k > 0; k--)
            fraction = k / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / (x + fraction) / Math.Sqrt(Math.PI);
    }

    /// <summary>By bisection of the complement, then steps of Newton.</summary>
    public static double Erfinv(double x)
    {
        if (!(Math.Abs(x) < 1)) return Math.Abs(x) == 1 ? x / 0 : double.NaN;
        if (Math.Abs(x) < 1e-9) return x * Math.Sqrt(Math.PI) / 2;
        double low = 0, high = 6, size = Math.Abs(x);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Residual(middle, size) < 0 ? (middle, high) : (low, middle);
        }
        double y = (low + high) / 2;
        return Math.CopySign(y - Residual(y, size) * Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y), x);
    }

    public static double SinOfPi(double x) => Math.Sin(Math.PI * (x - Math.Round(x))) * (Math.Abs(Math.IEEERemainder(Math.Round(x), 2)) == 1 ? -1 : 1);

    private static double CosOfPi(double x) => Math.Cos(Math.PI * (x - Math.Round(x))) * (Math.Abs(Math.IEEERemainder(Math.Round(x), 2)) == 1 ? -1 : 1);

    private static double Residual(double y, double size) => size < 0.5 ? SpecialFunctions.Erf(y) - size : (1 - size) - Erfc(y);
}
