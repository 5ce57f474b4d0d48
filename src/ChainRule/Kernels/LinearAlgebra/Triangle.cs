namespace ChainRule.Kernels;

/// <summary>Triangular systems, by substitution row by row, and the Cholesky factor.</summary>
internal static unsafe class Triangle
{
    /// <summary>X in A·X = B for a triangular A, whose other triangle is not read; -1, or the row whose diagonal element is 0.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="n">Its order.</param>
    /// <param name="down">The distance of a row from the next; 1 for a transposed matrix.</param>
    /// <param name="across">The distance of a column from the next.</param>
    /// <param name="isUpper">Which triangle it is, as these distances make it.</param>
    /// <param name="isUnit">Whether the diagonal counts as ones and is not read.</param>
    /// <param name="b">The right-hand sides, one a column.</param>
    /// <param name="columns">How many there are.</param>
    /// <param name="x">The solutions.</param>
    public static long Solve(double* a, long n, long down, long across, bool isUpper, bool isUnit, double* b, long columns, double* x)
    {
        for (long step = 0; step < n; step++)
        {
            long i = isUpper ? n - 1 - step : step;
            double* row = x + i * columns;
            for (long j = 0; j < columns; j++)
                row[j] = b[i * columns + j];
            for (long k = isUpper ? i + 1 : 0; k < (isUpper ? n : i); k++)
            {
                double factor = a[i * down + k * across];
                for (long j = 0; j < columns; j++)
                    row[j] -= factor * x[k * columns + j];
            }
            if (isUnit) continue;
            double pivot = a[i * (down + across)];
            if (pivot == 0) return i;
            for (long j = 0; j < columns; j++)
                row[j] /= pivot;
        }
        return -1;
    }

    /// <summary>The lower L with L·Lᵀ = (A + Aᵀ)/2; -1, or the row at which a leading minor is not positive.</summary>
    /// <remarks>Golub and Van Loan, Matrix Computations, 4th edition, section 4.2.5, by rows.</remarks>
    public static long Cholesky(double* a, long n, double* l)
    {
        for (long i = 0; i < n; i++)
        {
            double* row = l + i * n;
            for (long j = 0; j <= i; j++)
            {
                double sum = 0.5 * (a[i * n + j] + a[j * n + i]) - Rotation.Dot(row, l + j * n, j);
                if (j < i)
                    row[j] = sum / l[j * n + j];
                else if (sum <= 0)
                    return i;
                else
                    row[i] = Math.Sqrt(sum);
            }
            for (long j = i + 1; j < n; j++)
                row[j] = 0;
        }
        return -1;
    }
}
