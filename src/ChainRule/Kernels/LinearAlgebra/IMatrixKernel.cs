namespace ChainRule.Kernels;

/// <summary>A computation on one matrix, or on a matrix and its right-hand side, in float64 and row-major order.</summary>
internal unsafe interface IMatrixKernel
{
    /// <summary>Computes y from a and b; they do not overlap. Returns -1, or the row or column at which it cannot go on.</summary>
    long Invoke(double* a, double* b, double* y);
}
