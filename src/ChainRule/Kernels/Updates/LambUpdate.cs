using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// The direction of LAMB, kept as the third memory: m += (1 - β₁)(g - m);  v = β₂v + ((1 - β₂)g)g;
/// d = (m/mean correction) / (√(v/square correction) + ε) + decay·p. The parameter stays.
/// </summary>
internal readonly struct LambUpdate : IUpdate
{
    public static int Memories => 3;

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    /// <summary>1 - β₁ᵗ.</summary>
    public required double MeanCorrection { get; init; }

    /// <summary>1 - β₂ᵗ.</summary>
    public required double SquareCorrection { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        first += V.Constant(1 - Beta1) * (gradient - first);
        second = V.Constant(Beta2) * second + V.Constant(1 - Beta2) * gradient * gradient;
        V denominator = V.Sqrt(second / V.Constant(SquareCorrection)) + V.Constant(Epsilon);
        third = first / V.Constant(MeanCorrection) / denominator + V.Constant(Decay) * parameter;
    }
}
