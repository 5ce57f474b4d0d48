namespace ChainRule.Kernels;

/// <summary>A = U·diag(s)·Vᵀ by one-sided Jacobi rotations, reduced, the singular values in descending order.</summary>
/// <remarks>
/// M. Hestenes 1958; J. Demmel and K. Veselić 1992 for its accuracy. Of each column of U the first component that is at least
/// half the largest is positive. What is not finite gives NaN everywhere.
/// </remarks>
internal static unsafe class JacobiSvd
{
    private const int MostSweeps = 60;

    private const double Epsilon = 1.0 / (1L << 52);

    // Below this, beside a matrix near 1, products of components are no longer normal: such a vector counts as 0.
    private const double Vanished = 1e-120;

    /// <param name="a">[m, n].</param>
    /// <param name="m">Its rows.</param>
    /// <param name="n">Its columns.</param>
    /// <param name="u">[m, k], where k is the smaller of m and n.</param>
    /// <param name="s">[k].</param>
    /// <param name="vt">[k, n].</param>
    public static void Run(double* a, long m, long n, double* u, double* s, double* vt)
    {
        long k = Math.Min(m, n), longer = Math.Max(m, n);
        double scale = Rotation.ScaleOf(a, m * n);
        if (double.IsNaN(scale))
        {
            new Span<double>(u, checked((int)(m * k))).Fill(double.NaN);
            new Span<double>(s, checked((int)k)).Fill(double.NaN);
            new Span<double>(vt, checked((int)(k * n))).Fill(double.NaN);
            return;
        }
        var work = new double[checked(k * longer + k * k + k)];
        fixed (double* w = work)
        {
            // Both hold one vector a row: w the columns of the taller of A and Aᵀ, on which it is turned.
            double* turned = w + k * longer, sizes = turned + k * k;
            for (long i = 0; i < k; i++)
            {
                for (long j = 0; j < longer; j++)
                    w[i * longer + j] = scale * (m >= n ? a[j * n + i] : a[i * n + j]);
                for (long j = 0; j < k; j++)
                    turned[i * k + j] = i == j ? 1 : 0;
            }
            for (int sweep = 0; sweep < MostSweeps && Sweep(w, longer, turned, k); sweep++)
            {
            }
            long[] places = Order(w, longer, k, sizes);
            Complete(w, longer, k, sizes, places);
            bool isTall = m >= n;
            Place(isTall ? w : turned, isTall ? turned : w, places, m, n, k, u, vt);
            for (long i = 0; i < k; i++)
                s[i] = sizes[places[i]] / scale;
        }
    }

    // True if two columns were not yet orthogonal.
    private static bool Sweep(double* w, long length, double* turned, long k)
    {
        bool rotated = false;
        for (long p = 0; p < k - 1; p++)
        {
            for (long q = p + 1; q < k; q++)
            {
                double* x = w + p * length, y = w + q * length;
                double first = Rotation.Dot(x, x, length), second = Rotation.Dot(y, y, length), product = Rotation.Dot(x, y, length);
                if (Math.Abs(product) <= Epsilon * Math.Sqrt(first) * Math.Sqrt(second)) continue;
                (double cosine, double sine) = Rotation.Diagonalizing(first, product, second);
                Rotation.Apply(x, y, length, 1, cosine, sine);
                Rotation.Apply(turned + p * k, turned + q * k, k, 1, cosine, sine);
                rotated = true;
            }
        }
        return rotated;
    }

    // Lengths of the vectors, which become unit vectors, and their places in descending order.
    private static long[] Order(double* w, long length, long k, double* sizes)
    {
        var places = new long[k];
        for (long i = 0; i < k; i++)
        {
            double* x = w + i * length;
            double scale = Rotation.ScaleOf(x, length), sum = 0;
            for (long j = 0; j < length; j++)
                sum += x[j] * scale * (x[j] * scale);
            double size = Math.Sqrt(sum);
            sizes[i] = size / scale < Vanished ? 0 : size / scale;
            for (long j = 0; j < length; j++)
                x[j] = sizes[i] == 0 ? 0 : x[j] * scale / size;
            long at = i;
            for (; at > 0 && sizes[places[at - 1]] < sizes[i]; at--)
                places[at] = places[at - 1];
            places[at] = i;
        }
        return places;
    }

    // Vectors of length 0 come last; each becomes a unit vector orthogonal to those before it.
    private static void Complete(double* w, long length, long k, double* sizes, long[] places)
    {
        for (long at = 0; at < k; at++)
        {
            if (sizes[places[at]] > 0) continue;
            double* x = w + places[at] * length;
            x[LeastCovered(w, length, at, places)] = 1;
            for (int round = 0; round < 2; round++) // the second takes away what rounding left
            {
                for (long other = 0; other < at; other++)
                {
                    double* y = w + places[other] * length;
                    double share = Rotation.Dot(x, y, length);
                    for (long j = 0; j < length; j++)
                        x[j] -= share * y[j];
                }
                double size = Math.Sqrt(Rotation.Dot(x, x, length));
                for (long j = 0; j < length; j++)
                    x[j] /= size;
            }
        }
    }

    private static long LeastCovered(double* w, long length, long count, long[] places)
    {
        long best = 0;
        double least = double.PositiveInfinity;
        for (long j = 0; j < length; j++)
        {
            double covered = 0;
            for (long other = 0; other < count; other++)
                covered += w[places[other] * length + j] * w[places[other] * length + j];
            if (covered < least)
                (best, least) = (j, covered);
        }
        return best;
    }

    // The rows of left become the columns of U, those of right the rows of Vᵀ.
    private static void Place(double* left, double* right, long[] places, long m, long n, long k, double* u, double* vt)
    {
        for (long i = 0; i < k; i++)
        {
            double* x = left + places[i] * m, y = right + places[i] * n;
            double sign = Rotation.IsNegative(x, m, 1) ? -1 : 1;
            for (long j = 0; j < m; j++)
                u[j * k + i] = sign * x[j];
            for (long j = 0; j < n; j++)
                vt[i * n + j] = sign * y[j];
        }
    }
}
