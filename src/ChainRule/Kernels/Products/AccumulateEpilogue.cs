using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>C = C + A B, with the bits of a product followed by an addition.</summary>
internal readonly struct AccumulateEpilogue : IEpilogue
{
    public static bool ReadsTarget => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe V Apply<V, T>(V sums, T* target, long row, long column) where V : struct, IVectorLane<V, T> where T : unmanaged =>
        V.Load(target) + sums;
}
