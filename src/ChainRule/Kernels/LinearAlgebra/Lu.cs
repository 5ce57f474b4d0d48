namespace ChainRule.Kernels;

/// <summary>P·A = L·U with partial pivoting, L with ones on its diagonal; both overwrite A.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 4th edition, algorithm 3.4.1, by rows.</remarks>
internal static unsafe class Lu
{
    /// <summary>Factors in place; -1, or the first column without a pivot, after which it still goes on.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="n">Its order.</param>
    /// <param name="rows">Which row of A each row of the factors was.</param>
    /// <param name="sign">The determinant of the permutation.</param>
    public static long Factor(double* a, long n, long* rows, out double sign)
    {
        long singular = -1;
        sign = 1;
        for (long i = 0; i < n; i++)
            rows[i] = i;
        for (long k = 0; k < n; k++)
        {
            long pivot = LargestBelow(a, n, k);
            if (pivot != k)
            {
                Exchange(a + k * n, a + pivot * n, n);
                (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
                sign = -sign;
            }
            double* top = a + k * n;
            if (top[k] == 0)
            {
                singular = singular < 0 ? k : singular;
                continue;
            }
            for (long i = k + 1; i < n; i++)
                a[i * n + k] /= top[k];
            for (long i = k + 1; i < n; i++)
                Subtract(a + i * n + k + 1, a[i * n + k], top + k + 1, n - k - 1);
        }
        return singular;
    }

    /// <summary>The product of the pivots and the sign: the determinant of a factored matrix.</summary>
    public static double Determinant(double* factors, long n, double sign)
    {
        for (long i = 0; i < n; i++)
            sign *= factors[i * n + i];
        return sign;
    }

    /// <summary>X in A·X = B, from the factors; both have some columns.</summary>
    public static void Solve(double* factors, long n, long* rows, double* b, long columns, double* x)
    {
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j < columns; j++)
                x[i * columns + j] = b[rows[i] * columns + j];
        }
        Substitute(factors, n, x, columns);
    }

    /// <summary>The inverse, from the factors.</summary>
    public static void Invert(double* factors, long n, long* rows, double* inverse)
    {
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j < n; j++)
                inverse[i * n + j] = j == rows[i] ? 1 : 0;
        }
        Substitute(factors, n, inverse, n);
    }

    private static void Substitute(double* factors, long n, double* x, long columns)
    {
        for (long i = 0; i < n; i++)
        {
            for (long k = 0; k < i; k++)
                Subtract(x + i * columns, factors[i * n + k], x + k * columns, columns);
        }
        for (long i = n - 1; i >= 0; i--)
        {
            for (long k = i + 1; k < n; k++)
                Subtract(x + i * columns, factors[i * n + k], x + k * columns, columns);
            for (long j = 0; j < columns; j++)
                x[i * columns + j] /= factors[i * n + i];
        }
    }

    // A NaN counts as largest, so that it is not passed over.
    private static long LargestBelow(double* a, long n, long k)
    {
        long pivot = k;
        for (long i = k + 1; i < n && !double.IsNaN(a[pivot * n + k]); i++)
        {
            if (!(Math.Abs(a[i * n + k]) <= Math.Abs(a[pivot * n + k])))
                pivot = i;
        }
        return pivot;
    }

    private static void Exchange(double* x, double* y, long count)
    {
        for (long i = 0; i < count; i++)
            (x[i], y[i]) = (y[i], x[i]);
    }

    private static void Subtract(double* x, double factor, double* y, long count)
    {
        for (long i = 0; i < count; i++)
            x[i] -= factor * y[i];
    }
}
