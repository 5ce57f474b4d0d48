using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// g += decay·p;  v = ρv + (1 - ρ)g²;  d = √(u + ε)/√(v + ε)·g;  u = ρu + (1 - ρ)d²;  p -= rate·d.
/// </summary>
internal readonly struct AdadeltaUpdate : IUpdate
{
    public static int Memories => 2;

    public required double Rate { get; init; }

    public required double Rho { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        V kept = V.Constant(Rho), added = V.Constant(1 - Rho), epsilon = V.Constant(Epsilon);
        first = kept * first + added * gradient * gradient;
        V step = V.Sqrt(second + epsilon) / V.Sqrt(first + epsilon) * gradient;
        second = kept * second + added * step * step;
        parameter -= V.Constant(Rate) * step;
    }
}
