namespace ChainRule.Tests.Kernels.Reference;

/// <summary>The elementary functions in double, from the C runtime and from textbook formulas: 2^-24 of a float is far above their errors.</summary>
internal static class SingleReference
{
    public static double Of(string function, double x, double y) => function switch
    {
        "exp" => Math.Exp(x),
        "expm1" => Expm1(x),
        "log" => Math.Log(x),
        "log1p" => Log1p(x),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "tanh" => Math.Tanh(x),
        "erf" => Erf(x),
        "pow" => Math.Pow(x, y),
        _ => throw new ArgumentException(function),
    };

    /// <summary>The error of a float in units in the last place of the true value, subnormal units included.</summary>
    public static double UnitsOff(float actual, double expected)
    {
        var nearest = (float)expected;
        if (!float.IsFinite(nearest) || !float.IsFinite(actual))
        {
            return nearest.Equals(actual) ? 0 : double.PositiveInfinity;
        }
        if (nearest == 0 && actual == 0 && float.IsNegative(nearest) != float.IsNegative(actual))
        {
            return double.PositiveInfinity;
        }
        var exponent = expected == 0 ? -126 : Math.Max(Math.ILogB(expected), -126);
        return Math.Abs(actual - expected) / Math.ScaleB(1, exponent - 23);
    }

    // Kahan: the rounding error of u cancels between u - 1 and log u.
    private static double Expm1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }
        return x > 100 || u - 1 == -1 ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    private static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    // 2/sqrt(pi) e^(-x^2) (x + 2 x^3/3 + 4 x^5/15 + ...): no term is negative, so nothing cancels.
    private static double Erf(double x)
    {
        if (!(Math.Abs(x) < 5))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }
        double sum = x, term = x;
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
