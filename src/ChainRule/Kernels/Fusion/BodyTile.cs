using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>A lane body on one tile of float, double, int or long.</summary>
internal sealed unsafe class BodyTile<T, TBody>(TBody body) : TileKernel
    where T : unmanaged
    where TBody : struct, IBody
{
    // At full optimisation at once: a graph may be replayed too seldom for the tiers.
    [MethodImpl(Hot.Loop)]
    public override void Run(byte* a, byte* b, byte* c, byte* y, long count)
    {
        // A value does not depend on the lane: a single one goes through the narrowest, without masks.
        if (count > 1)
            Tiles.One(body, (T*)a, (T*)b, (T*)c, y, count);
        else if (typeof(T) == typeof(float))
            Single<float, Single1>(a, b, c, y);
        else if (typeof(T) == typeof(double))
            Single<double, Double1>(a, b, c, y);
        else
            Tiles.One(body, (T*)a, (T*)b, (T*)c, y, count);
    }

    [MethodImpl(Hot.Loop)]
    private void Single<TElement, V>(byte* a, byte* b, byte* c, byte* y)
        where TElement : unmanaged
        where V : struct, IVectorLane<V, TElement>
    {
        V result = body.Invoke(V.Load((TElement*)a), TBody.Arity > 1 ? V.Load((TElement*)b) : default, TBody.Arity > 2 ? V.Load((TElement*)c) : default);
        if (TBody.GivesMask)
            V.StoreMask(result, y);
        else
            V.Store(result, (TElement*)y);
    }
}
