using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Adam that looks ahead: g += decay·p;  m += (1 - β₁)(g - m);  v = β₂v + ((1 - β₂)g)g;
/// p -= (gradient rate·g + mean rate·m) / (√(v/correction) + ε).
/// </summary>
internal readonly struct NAdamUpdate : IUpdate
{
    public static int Memories => 2;

    public required double GradientRate { get; init; }

    public required double MeanRate { get; init; }

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    /// <summary>1 - β₂ᵗ.</summary>
    public required double Correction { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first += V.Constant(1 - Beta1) * (gradient - first);
        second = V.Constant(Beta2) * second + V.Constant(1 - Beta2) * gradient * gradient;
        V denominator = V.Sqrt(second / V.Constant(Correction)) + V.Constant(Epsilon);
        parameter -= (V.Constant(GradientRate) * gradient + V.Constant(MeanRate) * first) / denominator;
    }
}
