namespace ChainRule.Kernels;

/// <summary>(A + Aᵀ)/2 = V·diag(λ)·Vᵀ by cyclic Jacobi rotations, the eigenvalues in ascending order.</summary>
/// <remarks>
/// Golub and Van Loan, Matrix Computations, 4th edition, section 8.5.5. Of each eigenvector the first component that is at
/// least half the largest is positive. What is not finite gives NaN everywhere.
/// </remarks>
internal static unsafe class JacobiEigenvalues
{
    // Convergence is quadratic: six to ten sweeps in practice.
    private const int MostSweeps = 60;

    // A 64th of the rounding error of a number of the size of the matrix.
    private const double Negligible = 1.0 / (1L << 58);

    public static void Run(double* a, long n, double* values, double* vectors)
    {
        double scale = Rotation.ScaleOf(a, n * n);
        if (double.IsNaN(scale))
        {
            new Span<double>(values, checked((int)n)).Fill(double.NaN);
            new Span<double>(vectors, checked((int)(n * n))).Fill(double.NaN);
            return;
        }
        var work = new double[checked(2 * n * n)];
        fixed (double* w = work)
        {
            double* turned = w + n * n; // the eigenvectors, one a row
            double norm = 0;
            for (long i = 0; i < n; i++)
            {
                for (long j = 0; j < n; j++)
                {
                    w[i * n + j] = 0.5 * (a[i * n + j] * scale) + 0.5 * (a[j * n + i] * scale);
                    turned[i * n + j] = i == j ? 1 : 0;
                    norm += w[i * n + j] * w[i * n + j];
                }
            }
            double negligible = Math.Sqrt(norm) * Negligible;
            for (int sweep = 0; sweep < MostSweeps && Sweep(w, n, turned, negligible); sweep++)
            {
            }
            Sort(w, turned, n, scale, values, vectors);
        }
    }

    // True if something was rotated.
    private static bool Sweep(double* w, long n, double* turned, double negligible)
    {
        bool rotated = false;
        for (long p = 0; p < n - 1; p++)
        {
            for (long q = p + 1; q < n; q++)
            {
                if (Math.Abs(w[p * n + q]) <= negligible) continue;
                (double cosine, double sine) = Rotation.Diagonalizing(w[p * n + p], w[p * n + q], w[q * n + q]);
                Rotation.Apply(w + p * n, w + q * n, n, 1, cosine, sine);
                Rotation.Apply(w + p, w + q, n, n, cosine, sine);
                Rotation.Apply(turned + p * n, turned + q * n, n, 1, cosine, sine);
                w[p * n + q] = w[q * n + p] = 0;
                rotated = true;
            }
        }
        return rotated;
    }

    private static void Sort(double* w, double* turned, long n, double scale, double* values, double* vectors)
    {
        var places = new long[n];
        for (long i = 0; i < n; i++)
        {
            long at = i;
            for (; at > 0 && w[places[at - 1] * (n + 1)] > w[i * (n + 1)]; at--)
                places[at] = places[at - 1];
            places[at] = i;
        }
        for (long j = 0; j < n; j++)
        {
            double* vector = turned + places[j] * n;
            double sign = Rotation.IsNegative(vector, n, 1) ? -1 : 1;
            values[j] = w[places[j] * (n + 1)] / scale;
            for (long i = 0; i < n; i++)
                vectors[i * n + j] = sign * vector[i];
        }
    }
}
