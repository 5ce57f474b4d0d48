namespace ChainRule.Kernels;

/// <summary>Matrices of one size that lie behind each other in memory.</summary>
internal readonly unsafe struct MatrixRow(double* start, long size)
{
    /// <summary>The elements of one matrix.</summary>
    public long Size => size;

    public double* this[long place] => start + place * size;
}
