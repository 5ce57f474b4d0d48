namespace ChainRule.Kernels;

/// <summary>A change of the element type on one tile.</summary>
internal sealed unsafe class ConvertTile<TFrom, TTo> : TileKernel
    where TFrom : unmanaged
    where TTo : unmanaged
{
    public override void Run(byte* a, byte* b, byte* c, byte* y, long count) => Conversion.Run((TFrom*)a, (TTo*)y, count);
}
