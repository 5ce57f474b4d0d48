namespace ChainRule.Kernels;

/// <summary>The matrices of a batch, shared among the threads; each matrix is one thread's, so its bits do not depend on the others.</summary>
internal static unsafe class MatrixBatch
{
    private const int MostParts = 64;

    // Fewer multiplications than this are done before a second thread is awake.
    private const double SmallWork = 50_000;

    /// <summary>Runs the kernel on every matrix; null, or the first matrix at which it failed and where in the matrix.</summary>
    /// <param name="kernel">The computation.</param>
    /// <param name="count">How many matrices there are.</param>
    /// <param name="a">The matrices.</param>
    /// <param name="b">The second operands.</param>
    /// <param name="y">The results.</param>
    public static MatrixFailure? Run<TKernel>(TKernel kernel, long count, MatrixRow a, MatrixRow b, MatrixRow y)
        where TKernel : struct, IMatrixKernel
    {
        double work = count * (a.Size + b.Size + 1.0) * Math.Sqrt(a.Size + 1.0);
        int parts = work < SmallWork ? 1 : (int)Math.Min(count, MostParts);
        MatrixFailure* failures = stackalloc MatrixFailure[parts];
        WorkerTeam.Shared.Run(parts, new Work<TKernel>(kernel, count, parts, a, b, y, failures));
        for (int part = 0; part < parts; part++)
        {
            if (failures[part].At >= 0)
                return failures[part];
        }
        return null;
    }

    private readonly struct Work<TKernel>(TKernel kernel, long count, int parts, MatrixRow a, MatrixRow b, MatrixRow y, MatrixFailure* failures) : IWork
        where TKernel : struct, IMatrixKernel
    {
        public void Invoke(int part)
        {
            long start = count / parts * part + Math.Min(part, count % parts);
            long end = start + count / parts + (part < count % parts ? 1 : 0);
            failures[part] = new(0, -1);
            for (long i = start; i < end; i++)
            {
                long at = kernel.Invoke(a[i], b[i], y[i]);
                if (at < 0) continue;
                failures[part] = new(i, at);
                return;
            }
        }
    }
}
