using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Rectified Adam: g += decay·p;  m += (1 - β₁)(g - m);  v = β₂v + ((1 - β₂)g)g;
/// p -= rate·m / (√v + ε), or p -= rate·m while too few steps tell of the variance.
/// </summary>
internal readonly struct RAdamUpdate : IUpdate
{
    public static int Memories => 2;

    public required double Rate { get; init; }

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    public required bool IsAdaptive { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first += V.Constant(1 - Beta1) * (gradient - first);
        second = V.Constant(Beta2) * second + V.Constant(1 - Beta2) * gradient * gradient;
        V step = V.Constant(Rate) * first;
        parameter -= IsAdaptive ? step / (V.Sqrt(second) + V.Constant(Epsilon)) : step;
    }
}
