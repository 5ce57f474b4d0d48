namespace ChainRule.Kernels;

/// <summary>An elementwise operation as a fused group runs it: on one contiguous tile, by the very body that it has alone.</summary>
internal abstract unsafe class TileKernel
{
    /// <summary>y[i] = body(a[i], b[i], c[i]) for i below <paramref name="count"/>; operands beyond the arity are not read.</summary>
    public abstract void Run(byte* a, byte* b, byte* c, byte* y, long count);
}
