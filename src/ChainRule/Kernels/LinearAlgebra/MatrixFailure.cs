namespace ChainRule.Kernels;

/// <summary>Where a computation on matrices could not go on.</summary>
/// <param name="Place">The number of the matrix in its batch.</param>
/// <param name="At">The row or column of the matrix; -1 for none.</param>
internal readonly record struct MatrixFailure(long Place, long At);
