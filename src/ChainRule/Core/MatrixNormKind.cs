namespace ChainRule;

/// <summary>The norms of a matrix.</summary>
public enum MatrixNormKind
{
    /// <summary>√Σ|a|², as of a vector of all elements.</summary>
    Frobenius,

    /// <summary>The sum of the singular values.</summary>
    Nuclear,

    /// <summary>The largest singular value, the 2-norm.</summary>
    Spectral,

    /// <summary>The smallest singular value, by others called the norm of order -2.</summary>
    LeastSingularValue,

    /// <summary>The largest sum of a column's absolute values, the 1-norm.</summary>
    LargestColumn,

    /// <summary>The smallest sum of a column's absolute values, by others called the norm of order -1.</summary>
    SmallestColumn,

    /// <summary>The largest sum of a row's absolute values, the ∞-norm.</summary>
    LargestRow,

    /// <summary>The smallest sum of a row's absolute values, by others called the norm of order -∞.</summary>
    SmallestRow,
}
