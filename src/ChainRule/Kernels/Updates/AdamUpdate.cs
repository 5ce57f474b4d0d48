using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Adam: p *= 1 - shrinkage;  g += decay·p;  m += (1 - β₁)(g - m);  v = β₂v + ((1 - β₂)g)g;  p -= (rate·m) / (√v/correction + ε).
/// The rate is the learning rate divided by 1 - β₁ᵗ, the correction is √(1 - β₂ᵗ) for the t-th step.
/// </summary>
internal readonly struct AdamUpdate : IUpdate
{
    public static int Memories => 2;

    public required double Rate { get; init; }

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    public required double Correction { get; init; }

    public required double Epsilon { get; init; }

    /// <summary>Pulls the gradient towards 0 (Adam); 0 for none.</summary>
    public double Decay { get; init; }

    /// <summary>Pulls the parameter itself towards 0 (AdamW); 0 for none.</summary>
    public double Shrinkage { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        Remember(ref parameter, gradient, ref first, ref second);
        Move(ref parameter, first, second);
    }

    /// <summary>The decay and the running means.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remember<V>(ref V parameter, V gradient, ref V first, ref V second) where V : struct, ILane<V>
    {
        if (Shrinkage != 0)
            parameter *= V.Constant(1 - Shrinkage);
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first += V.Constant(1 - Beta1) * (gradient - first);
        second = V.Constant(Beta2) * second + V.Constant(1 - Beta2) * gradient * gradient;
    }

    /// <summary>The step itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move<V>(ref V parameter, V mean, V square) where V : struct, ILane<V>
    {
        V denominator = V.Sqrt(square) / V.Constant(Correction) + V.Constant(Epsilon);
        parameter -= V.Constant(Rate) * mean / denominator;
    }
}
