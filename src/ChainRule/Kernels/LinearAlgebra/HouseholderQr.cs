namespace ChainRule.Kernels;

/// <summary>A = Q·R for a matrix with at least as many rows as columns: Q with orthonormal columns, R upper triangular with a diagonal that is not negative.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 4th edition, algorithms 5.1.1, 5.2.1 and 5.1.5. A zero column gives a zero in R.</remarks>
internal static unsafe class HouseholderQr
{
    public static void Run(double* a, long m, long n, double* q, double* r)
    {
        double scale = Rotation.ScaleOf(a, m * n);
        var work = new double[checked(m * n + n + n)];
        fixed (double* w = work)
        {
            double* factors = w + m * n, sums = factors + n;
            for (long i = 0; i < m * n; i++)
                w[i] = a[i] * scale;
            for (long k = 0; k < n; k++)
                factors[k] = Eliminate(w, m, n, k, sums);
            for (long i = 0; i < n; i++)
            {
                for (long j = 0; j < n; j++)
                    r[i * n + j] = j < i ? 0 : w[i * n + j] / scale;
            }
            Accumulate(w, factors, m, n, q, sums);
        }
        MakeDiagonalPositive(q, r, m, n);
    }

    // Reflects column k onto its diagonal element, and the columns behind it; the vector, whose first component is 1, stays below.
    private static double Eliminate(double* w, long m, long n, long k, double* sums)
    {
        double below = 0, head = w[k * n + k];
        for (long i = k + 1; i < m; i++)
            below += w[i * n + k] * w[i * n + k];
        if (below == 0) return 0;
        double length = Math.Sqrt(head * head + below);
        // The sign that does not cancel.
        double image = head > 0 ? -length : length, first = head - image;
        for (long i = k + 1; i < m; i++)
            w[i * n + k] /= first;
        double factor = -first / image;
        w[k * n + k] = image;
        Reflect(w, w, m, n, k, k + 1, factor, sums);
        return factor;
    }

    // The columns from `from` on of target become (I - factor·v·vᵀ) times themselves, v being column k of w below its 1.
    private static void Reflect(double* w, double* target, long m, long n, long k, long from, double factor, double* sums)
    {
        for (long j = from; j < n; j++)
            sums[j] = target[k * n + j];
        for (long i = k + 1; i < m; i++)
        {
            double v = w[i * n + k];
            for (long j = from; j < n; j++)
                sums[j] += v * target[i * n + j];
        }
        for (long j = from; j < n; j++)
            target[k * n + j] -= factor * sums[j];
        for (long i = k + 1; i < m; i++)
        {
            double v = factor * w[i * n + k];
            for (long j = from; j < n; j++)
                target[i * n + j] -= v * sums[j];
        }
    }

    private static void Accumulate(double* w, double* factors, long m, long n, double* q, double* sums)
    {
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++)
                q[i * n + j] = i == j ? 1 : 0;
        }
        for (long k = n - 1; k >= 0; k--)
        {
            if (factors[k] != 0)
                Reflect(w, q, m, n, k, k, factors[k], sums);
        }
    }

    private static void MakeDiagonalPositive(double* q, double* r, long m, long n)
    {
        for (long k = 0; k < n; k++)
        {
            if (!(r[k * n + k] < 0)) continue;
            for (long j = k; j < n; j++)
                r[k * n + j] = -r[k * n + j];
            for (long i = 0; i < m; i++)
                q[i * n + k] = -q[i * n + k];
        }
    }
}
