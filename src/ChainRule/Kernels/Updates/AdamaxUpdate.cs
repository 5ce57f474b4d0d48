using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Adam by the largest gradient: g += decay·p;  m += (1 - β₁)(g - m);  u = max(β₂u, |g| + ε);  p -= rate·m/u.
/// </summary>
internal readonly struct AdamaxUpdate : IUpdate
{
    public static int Memories => 2;

    public required double Rate { get; init; }

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first += V.Constant(1 - Beta1) * (gradient - first);
        second = V.Max(V.Constant(Beta2) * second, V.Abs(gradient) + V.Constant(Epsilon));
        parameter -= V.Constant(Rate) * first / second;
    }
}
