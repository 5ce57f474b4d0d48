using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// g += decay·p;  p = shrinkage·p - rate·g;  a += share·(p - a), or a = p for a share of 1.
/// </summary>
internal readonly struct AsgdUpdate : IUpdate
{
    public static int Memories => 1;

    public required double Rate { get; init; }

    public required double Shrinkage { get; init; }

    public required double Decay { get; init; }

    public required double Share { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        parameter = V.Constant(Shrinkage) * parameter - V.Constant(Rate) * gradient;
        first = Share == 1 ? parameter : first + V.Constant(Share) * (parameter - first);
    }
}
