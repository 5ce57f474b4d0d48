using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>C[i, j] = function((A B)[i, j]).</summary>
internal readonly struct ActivationEpilogue<TFunction>(TFunction function) : IEpilogue where TFunction : struct, IUnary
{
    private readonly TFunction _function = function;

    public static bool ReadsTarget => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe V Apply<V, T>(V sums, T* target, long row, long column) where V : struct, IVectorLane<V, T> where T : unmanaged =>
        _function.Invoke(sums);
}
