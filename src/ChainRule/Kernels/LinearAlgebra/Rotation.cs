namespace ChainRule.Kernels;

/// <summary>Plane rotations of rows, and the exact scaling that keeps their squares inside the range of float64.</summary>
internal static unsafe class Rotation
{
    /// <summary>The smaller of the two rotations (cosine, sine) that make [[p, g], [g, q]] diagonal.</summary>
    /// <remarks>Golub and Van Loan, Matrix Computations, 4th edition, algorithm 8.5.1.</remarks>
    public static (double Cosine, double Sine) Diagonalizing(double p, double g, double q)
    {
        double ratio = (q - p) / (2 * g);
        double size = Math.Abs(ratio);
        // Where the square would overflow, the root is the ratio itself.
        double root = size > 1e150 ? size : Math.Sqrt(1 + size * size);
        double tangent = (ratio < 0 ? -1 : 1) / (size + root);
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        return (cosine, cosine * tangent);
    }

    /// <summary>x becomes cosine·x - sine·y, y becomes sine·x + cosine·y.</summary>
    public static void Apply(double* x, double* y, long count, long stride, double cosine, double sine)
    {
        for (long i = 0; i < count; i++)
        {
            double first = x[i * stride], second = y[i * stride];
            x[i * stride] = cosine * first - sine * second;
            y[i * stride] = sine * first + cosine * second;
        }
    }

    /// <summary>A power of two that brings the largest element near 1; NaN if an element is not finite.</summary>
    public static double ScaleOf(double* a, long count)
    {
        double largest = 0;
        for (long i = 0; i < count; i++)
        {
            if (!double.IsFinite(a[i])) return double.NaN;
            largest = Math.Max(largest, Math.Abs(a[i]));
        }
        // 2^±1000 brings even the smallest and the largest numbers to where their squares are normal.
        return largest == 0 ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -1000, 1000));
    }

    /// <summary>Whether a vector must change its sign: its first component that is at least half the largest is negative.</summary>
    public static bool IsNegative(double* x, long count, long stride)
    {
        double largest = 0;
        for (long i = 0; i < count; i++)
            largest = Math.Max(largest, Math.Abs(x[i * stride]));
        for (long i = 0; i < count; i++)
        {
            if (2 * Math.Abs(x[i * stride]) >= largest)
                return x[i * stride] < 0;
        }
        return false;
    }

    public static double Dot(double* x, double* y, long count)
    {
        double sum = 0;
        for (long i = 0; i < count; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
