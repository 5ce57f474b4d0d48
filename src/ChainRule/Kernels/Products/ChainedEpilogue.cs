using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>One epilogue after the other: bias, then activation, say.</summary>
internal readonly struct ChainedEpilogue<TFirst, TSecond>(TFirst first, TSecond second) : IEpilogue
    where TFirst : struct, IEpilogue
    where TSecond : struct, IEpilogue
{
    private readonly TFirst _first = first;
    private readonly TSecond _second = second;

    public static bool ReadsTarget => TFirst.ReadsTarget || TSecond.ReadsTarget;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe V Apply<V, T>(V sums, T* target, long row, long column) where V : struct, IVectorLane<V, T> where T : unmanaged =>
        _second.Apply(_first.Apply(sums, target, row, column), target, row, column);
}
