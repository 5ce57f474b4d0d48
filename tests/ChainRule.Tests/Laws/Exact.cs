namespace ChainRule.Tests.Laws;

/// <summary>Linear algebra by the definitions, in decimals of 28 digits: slow, small, and without a line in common with the kernels.</summary>
internal static class Exact
{
    public static decimal[,] From(Grid x, params ReadOnlySpan<long> leading)
    {
        long[] place = [.. leading];
        var a = new decimal[x.Sizes[^2], x.Sizes[^1]];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                a[i, j] = (decimal)x[[.. place, i, j]] + Residue(x[[.. place, i, j]]);
        }
        return a;
    }

    public static Grid ToGrid(decimal[,] a) => Grid.Of([a.GetLength(0), a.GetLength(1)], i => (double)a[i[0], i[1]]);

    public static decimal[,] Add(decimal[,] a, decimal[,] b) => Of(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] + b[i, j]);

    /// <summary>A matrix plus these numbers on its diagonal.</summary>
    public static decimal[,] AddDiagonal(decimal[,] a, params decimal[] diagonal) =>
        Of(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] + (i == j ? diagonal[i] : 0));

    public static decimal[,] Symmetric(decimal[,] a) => Of(a.GetLength(0), a.GetLength(0), (i, j) => (a[i, j] + a[j, i]) / 2);

    public static decimal[,] Transpose(decimal[,] a) => Of(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    public static decimal[,] Multiply(decimal[,] a, decimal[,] b) => Of(a.GetLength(0), b.GetLength(1), (i, j) => Sum(a.GetLength(1), k => a[i, k] * b[k, j]));

    /// <summary>By expansion along the first row.</summary>
    public static decimal Det(decimal[,] a) =>
        a.GetLength(0) == 0 ? 1 : Sum(a.GetLength(0), j => a[0, j] * Cofactor(a, 0, j));

    public static decimal Cofactor(decimal[,] a, int row, int column) =>
        ((row + column) % 2 == 0 ? 1 : -1) * Det(Of(a.GetLength(0) - 1, a.GetLength(0) - 1, (i, j) => a[i < row ? i : i + 1, j < column ? j : j + 1]));

    /// <summary>By Cramer's rule.</summary>
    public static decimal[,] Inverse(decimal[,] a)
    {
        decimal determinant = Det(a);
        return Of(a.GetLength(0), a.GetLength(0), (i, j) => Cofactor(a, j, i) / determinant);
    }

    public static decimal[,] Cholesky(decimal[,] a)
    {
        var l = new decimal[a.GetLength(0), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j <= i; j++)
            {
                decimal rest = a[i, j] - Sum(j, k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Sqrt(rest) : rest / l[j, j];
            }
        }
        return l;
    }

    /// <summary>By orthogonalising one column after the other.</summary>
    public static (decimal[,] Q, decimal[,] R) Qr(decimal[,] a)
    {
        int m = a.GetLength(0), n = a.GetLength(1), k = Math.Min(m, n);
        decimal[,] q = new decimal[m, k], r = new decimal[k, n];
        for (int j = 0; j < n; j++)
        {
            decimal[] column = [.. Enumerable.Range(0, m).Select(i => a[i, j])];
            for (int before = 0; before < Math.Min(j, k); before++)
            {
                r[before, j] = Sum(m, i => q[i, before] * column[i]);
                for (int i = 0; i < m; i++)
                    column[i] -= r[before, j] * q[i, before];
            }
            if (j >= k) continue;
            r[j, j] = Sqrt(column.Sum(v => v * v));
            for (int i = 0; i < m; i++)
                q[i, j] = column[i] / r[j, j];
        }
        return (q, r);
    }

    /// <summary>Eigenvalues by bisection on the number of negative pivots of A - λ, eigenvectors as columns of the adjugate of A - λ.</summary>
    public static (decimal[] Values, decimal[,] Vectors) Eigen(decimal[,] a)
    {
        int n = a.GetLength(0);
        decimal[] values = [.. Enumerable.Range(0, n).Select(order => Bisect(a, order))];
        var vectors = new decimal[n, n];
        for (int k = 0; k < n; k++)
        {
            decimal[,] shifted = AddDiagonal(a, [.. Enumerable.Repeat(-values[k], n)]);
            decimal[] vector = Enumerable.Range(0, n)
                .Select(column => Enumerable.Range(0, n).Select(i => n == 1 ? 1 : Cofactor(shifted, column, i)).ToArray())
                .MaxBy(v => v.Sum(x => x * x))!;
            decimal length = Sqrt(vector.Sum(v => v * v)), largest = vector.Max(Math.Abs);
            decimal sign = vector.First(v => 2 * Math.Abs(v) >= largest) < 0 ? -1 : 1;
            for (int i = 0; i < n; i++)
                vectors[i, k] = sign * vector[i] / length;
        }
        return (values, vectors);
    }

    /// <summary>From the eigenvectors of A·Aᵀ or, of a tall matrix, of Aᵀ·A.</summary>
    public static (decimal[,] U, decimal[] S, decimal[,] Vh) Svd(decimal[,] a)
    {
        int m = a.GetLength(0), n = a.GetLength(1), k = Math.Min(m, n);
        bool isTall = m > n;
        (decimal[] values, decimal[,] vectors) = Eigen(isTall ? Multiply(Transpose(a), a) : Multiply(a, Transpose(a)));
        decimal[] s = [.. values.Reverse().Select(Sqrt)];
        decimal[,] own = Of(k, k, (i, j) => vectors[i, k - 1 - j]);
        decimal[,] other = Multiply(isTall ? a : Transpose(a), own);
        other = Of(other.GetLength(0), k, (i, j) => other[i, j] / s[j]);
        (decimal[,] u, decimal[,] v) = isTall ? (other, own) : (own, other);
        decimal[] signs = [.. Enumerable.Range(0, k).Select(j =>
        {
            decimal[] column = [.. Enumerable.Range(0, m).Select(i => u[i, j])];
            return column.First(x => 2 * Math.Abs(x) >= column.Max(Math.Abs)) < 0 ? -1m : 1m;
        })];
        return (Of(m, k, (i, j) => signs[j] * u[i, j]), s, Of(k, n, (i, j) => signs[i] * v[j, i]));
    }

    /// <summary>Σ Aⁱ/i!.</summary>
    public static decimal[,] Exp(decimal[,] a)
    {
        decimal[,] term = Of(a.GetLength(0), a.GetLength(0), (i, j) => i == j ? 1 : 0), sum = term;
        for (int i = 1; i < 90; i++)
        {
            decimal[,] product = Multiply(term, a);
            int by = i;
            term = Of(a.GetLength(0), a.GetLength(0), (row, column) => product[row, column] / by);
            sum = Add(sum, term);
        }
        return sum;
    }

    public static decimal Sqrt(decimal x)
    {
        decimal root = (decimal)Math.Sqrt((double)x);
        for (int i = 0; i < 3 && root != 0; i++)
            root = (root + x / root) / 2;
        return root;
    }

    public static decimal[,] Of(int rows, int columns, Func<int, int, decimal> value)
    {
        var a = new decimal[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                a[i, j] = value(i, j);
        }
        return a;
    }

    // The conversion to decimal keeps 15 digits only: this is what it leaves out.
    private static decimal Residue(double x) => (decimal)(x - (double)(decimal)x);

    private static decimal Bisect(decimal[,] a, int order)
    {
        decimal bound = Enumerable.Range(0, a.GetLength(0)).Max(i => Sum(a.GetLength(0), j => Math.Abs(a[i, j]))) + 1, low = -bound, high = bound;
        for (int i = 0; i < 92; i++)
        {
            decimal middle = (low + high) / 2;
            (low, high) = NegativePivots(a, middle) > order ? (low, middle) : (middle, high);
        }
        return (low + high) / 2;
    }

    private static int NegativePivots(decimal[,] a, decimal shift)
    {
        int n = a.GetLength(0), negative = 0;
        decimal[,] w = AddDiagonal(a, [.. Enumerable.Repeat(-shift, n)]);
        for (int k = 0; k < n; k++)
        {
            decimal pivot = w[k, k] == 0 ? 1e-24m : w[k, k];
            negative += pivot < 0 ? 1 : 0;
            for (int i = k + 1; i < n; i++)
            {
                for (int j = k + 1; j < n; j++)
                    w[i, j] -= w[i, k] / pivot * w[k, j];
            }
        }
        return negative;
    }

    private static decimal Sum(int count, Func<int, decimal> term)
    {
        decimal sum = 0;
        for (int i = 0; i < count; i++)
            sum += term(i);
        return sum;
    }
}
