using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Moves a tile of a product, whose columns do not fill whole vectors, to where it belongs.</summary>
internal static unsafe class TileStore<V, T>
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    /// <summary>target[i, j] (+)= tile[i, j]; nothing beyond <paramref name="columns"/> is touched.</summary>
    [MethodImpl(Hot.Loop)]
    public static void Put(T* tile, long tileRow, long rows, long columns, T* target, long targetRow, bool add)
    {
        for (long i = 0; i < rows; i++, tile += tileRow, target += targetRow)
        {
            long j = 0;
            for (; j + V.Count <= columns; j += V.Count)
                V.Store(add ? V.Load(target + j) + V.Load(tile + j) : V.Load(tile + j), target + j);
            if (j == columns) continue;
            int rest = (int)(columns - j);
            V value = V.Load(tile + j);
            Edge.Store(add ? Edge.Load(target + j, rest, value) + value : value, target + j, rest);
        }
    }
}
