namespace ChainRule.Optim;

/// <summary>Sums over rows of numbers, in order.</summary>
internal static class Dense
{
    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Σ|a|</summary>
    public static double Sum(double[] a)
    {
        double sum = 0;
        foreach (double x in a)
            sum += Math.Abs(x);
        return sum;
    }

    /// <summary>max |a|</summary>
    public static double Largest(double[] a)
    {
        double largest = 0;
        foreach (double x in a)
            largest = Math.Max(largest, Math.Abs(x));
        return largest;
    }

    /// <summary>a += factor·b</summary>
    public static void Add(double[] a, double factor, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
            a[i] += factor * b[i];
    }
}
