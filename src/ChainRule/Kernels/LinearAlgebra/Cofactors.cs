namespace ChainRule.Kernels;

/// <summary>The matrix of cofactors, det(A)·A⁻ᵀ, also where A has no inverse.</summary>
/// <remarks>
/// Of order 1 to 3 by the minors themselves. Beyond, a well-conditioned matrix by its factors, any other from A = U·diag(s)·Vᵀ,
/// whose cofactors are ±U·diag(∏ of the other s)·Vᵀ: nothing is divided by a determinant that may be 0.
/// </remarks>
internal static unsafe class Cofactors
{
    // Up to this condition det(A)·A⁻ᵀ keeps twelve digits.
    private const double WellConditioned = 1e4;

    public static void Run(double* a, long n, double* y)
    {
        if (n <= 3)
            ByMinors(a, n, y);
        else if (!ByInverse(a, n, y))
            BySingularValues(a, n, y);
    }

    private static void ByMinors(double* a, long n, double* y)
    {
        if (n == 1)
            y[0] = double.IsFinite(a[0]) ? 1 : double.NaN;
        if (n == 2)
            (y[0], y[1], y[2], y[3]) = (a[3], -a[2], -a[1], a[0]);
        // Counted round, the other rows and columns of each element are in an order that makes the sign right.
        for (long i = 0; i < 3 && n == 3; i++)
        {
            double* next = a + (i + 1) % 3 * 3, last = a + (i + 2) % 3 * 3;
            for (long j = 0; j < 3; j++)
                y[i * 3 + j] = next[(j + 1) % 3] * last[(j + 2) % 3] - next[(j + 2) % 3] * last[(j + 1) % 3];
        }
    }

    private static bool ByInverse(double* a, long n, double* y)
    {
        var work = new double[checked(2 * n * n)];
        var order = new long[n];
        fixed (double* factors = work)
        fixed (long* rows = order)
        {
            double* inverse = factors + n * n;
            for (long i = 0; i < n * n; i++)
                factors[i] = a[i];
            if (Lu.Factor(factors, n, rows, out double sign) >= 0) return false;
            Lu.Invert(factors, n, rows, inverse);
            if (!(LargestRow(a, n) * LargestRow(inverse, n) <= WellConditioned)) return false;
            double determinant = Lu.Determinant(factors, n, sign);
            for (long i = 0; i < n; i++)
            {
                for (long j = 0; j < n; j++)
                    y[i * n + j] = determinant * inverse[j * n + i];
            }
        }
        return true;
    }

    private static void BySingularValues(double* a, long n, double* y)
    {
        var work = new double[checked(2 * n * n + 2 * n)];
        fixed (double* u = work)
        {
            double* vt = u + n * n, s = vt + n * n, others = s + n;
            JacobiSvd.Run(a, n, n, u, s, vt);
            double product = 1;
            for (long i = 0; i < n; product *= s[i++])
                others[i] = product;
            product = 1;
            for (long i = n - 1; i >= 0; product *= s[i--])
                others[i] *= product;
            new Span<double>(y, checked((int)(n * n))).Clear();
            for (long i = 0; i < n; i++)
            {
                for (long k = 0; k < n; k++)
                {
                    double factor = u[i * n + k] * others[k];
                    for (long j = 0; j < n; j++)
                        y[i * n + j] += factor * vt[k * n + j];
                }
            }
            double sign = Orientation(u, n) * Orientation(vt, n);
            for (long i = 0; i < n * n; i++)
                y[i] *= sign;
        }
    }

    // The determinant of an orthogonal matrix, which it overwrites: 1 or -1.
    private static double Orientation(double* a, long n)
    {
        var order = new long[n];
        fixed (long* rows = order)
        {
            Lu.Factor(a, n, rows, out double sign);
            for (long i = 0; i < n; i++)
                sign = a[i * n + i] < 0 ? -sign : sign;
            return sign;
        }
    }

    private static double LargestRow(double* a, long n)
    {
        double largest = 0;
        for (long i = 0; i < n; i++)
        {
            double sum = 0;
            for (long j = 0; j < n; j++)
                sum += Math.Abs(a[i * n + j]);
            largest = Math.Max(largest, sum); // NaN stays NaN
        }
        return largest;
    }
}
