namespace ChainRule.Kernels;

/// <summary>A choice by a mask on one tile of elements of 1, 4 or 8 bytes.</summary>
internal sealed unsafe class SelectTile<T> : TileKernel
    where T : unmanaged
{
    public override void Run(byte* a, byte* b, byte* c, byte* y, long count) => Elementwise.SelectOne<T>(a, b, c, y, count);
}
