namespace ChainRule.Kernels;

/// <summary>Transposes a band of rows, square block after square block, in vectors of one width.</summary>
internal unsafe interface ITranspose
{
    /// <summary>Width of a vector; a block has as many rows and columns as elements fit into one.</summary>
    static abstract int Bytes { get; }

    /// <summary>target[p * width + q] = source[q * stride + p] for the rows q of one block and p below depth, a multiple of the block's size.</summary>
    static abstract void Run(long depth, float* source, long stride, float* target, int width);

    /// <inheritdoc cref="Run(long, float*, long, float*, int)"/>
    static abstract void Run(long depth, double* source, long stride, double* target, int width);
}
