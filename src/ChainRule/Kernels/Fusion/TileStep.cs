namespace ChainRule.Kernels;

/// <summary>One member of a fused group: its kernel, and by number which values it reads and writes.</summary>
internal readonly struct TileStep(TileKernel kernel, int a, int b, int c, int result)
{
    public readonly TileKernel Kernel = kernel;
    public readonly int A = a, B = b, C = c, Result = result;
}
