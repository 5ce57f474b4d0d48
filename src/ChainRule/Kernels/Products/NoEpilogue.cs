using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>C = A B.</summary>
internal readonly struct NoEpilogue : IEpilogue
{
    public static bool ReadsTarget => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe V Apply<V, T>(V sums, T* target, long row, long column) where V : struct, IVectorLane<V, T> where T : unmanaged => sums;
}
