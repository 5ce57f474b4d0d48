using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>C[i, j] = (A B)[i, j] + bias[j]: a row vector added to every row. The bias has the product's element type and stride 1.</summary>
internal readonly unsafe struct ColumnBiasEpilogue(void* bias) : IEpilogue
{
    private readonly void* _bias = bias;

    public static bool ReadsTarget => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V, T>(V sums, T* target, long row, long column) where V : struct, IVectorLane<V, T> where T : unmanaged =>
        sums + V.Load((T*)_bias + column);
}
