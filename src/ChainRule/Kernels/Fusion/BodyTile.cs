using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>A lane body on one tile of float, double, int or long.</summary>
internal sealed unsafe class BodyTile<T, TBody>(TBody body) : TileKernel
    where T : unmanaged
    where TBody : struct, IBody
{
    // At full optimisation at once: a graph may be replayed too seldom for the tiers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* a, byte* b, byte* c, byte* y, long count) => Tiles.One(body, (T*)a, (T*)b, (T*)c, y, count);
}
