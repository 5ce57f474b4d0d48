namespace ChainRule.Tests.Laws;

/// <summary>Functions that the base library lacks, in double, accurate to a few units in the last place.</summary>
internal static class SpecialFunctions
{
    /// <summary>e^(-x²) 2x/√π Σ (2x²)^n / (2n+1)!!: every term is positive, so nothing cancels.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > 6) return Math.Sign(x);
        double term = 1, sum = 1;
        for (int n = 1; term > 1e-18 * sum; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * x * sum * Math.Exp(-x * x);
    }

    /// <summary>W. Kahan: the rounding errors of e^x - 1 and of ln e^x cancel.</summary>
    public static double Expm1(double x)
    {
        double power = Math.Exp(x);
        if (power == 1 || double.IsInfinity(power)) return power == 1 ? x : power;
        return power - 1 == -1 ? -1 : (power - 1) * x / Math.Log(power);
    }

    /// <summary>W. Kahan: the rounding errors of 1 + x and of ln(1 + x) cancel.</summary>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>-t ln p - (1 - t) ln(1 - p), no logarithm below -100; a p below 0 counts as 0, one above 1 as 1.</summary>
    public static double BinaryCrossEntropy(double p, double t)
    {
        double inside = Math.Max(Math.Min(p, 1), 0);
        return (t * -Math.Max(Math.Log(inside), -100)) + ((1 - t) * -Math.Max(Log1p(-inside), -100));
    }

    /// <summary>The binary cross entropy of the probability sigmoid x: |x| times the weight of the wrong answer, 0 if that is 0, and ln(1 + e^(-|x|)).</summary>
    public static double LogitCrossEntropy(double x, double t)
    {
        double wrong = x < 0 ? t : 1 - t;
        return (wrong == 0 ? 0 : Math.Abs(x) * wrong) + Log1p(Math.Exp(-Math.Abs(x)));
    }

    /// <summary>The derivative of <see cref="BinaryCrossEntropy"/> by p: (1 - t)/(1 - p) - t/p, a term being 0 where its logarithm is cut off; 0 for a p below 0 or above 1.</summary>
    public static double BinaryCrossEntropySlope(double p, double t)
    {
        if (p < 0 || p > 1) return 0;
        double no = Log1p(-p) <= -100 ? 0 : (1 - t) / (1 - p), yes = Math.Log(p) <= -100 ? 0 : t / p;
        return no - yes;
    }

    /// <summary>Φ, from the complement of the error function, which does not cancel in the tail.</summary>
    public static double NormalDistribution(double x) => 0.5 * GammaFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>Φ(x) + x·φ(x); where both are 0 to the last bit, the sign of the limit.</summary>
    public static double GeluSlope(double x)
    {
        if (x < -40) return -0.0;
        return x > 40 ? 1 : NormalDistribution(x) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
    }

    public static double LogSumExp(double[] x)
    {
        double largest = x.Append(double.NegativeInfinity).Max();
        return double.IsInfinity(largest) ? largest : largest + Math.Log(x.Sum(v => Math.Exp(v - largest)));
    }
}
