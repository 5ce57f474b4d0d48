using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// p *= 1 - shrinkage;  p -= rate·sign(β₁m + (1 - β₁)g);  m = β₂m + (1 - β₂)g.
/// </summary>
internal readonly struct LionUpdate : IUpdate
{
    public static int Memories => 1;

    public required double Rate { get; init; }

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    public required double Shrinkage { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Shrinkage != 0)
            parameter *= V.Constant(1 - Shrinkage);
        V zero = V.Constant(0), rate = V.Constant(Rate);
        V blend = V.Constant(Beta1) * first + V.Constant(1 - Beta1) * gradient;
        parameter -= V.Select(V.LessThan(zero, blend), rate, V.Select(V.LessThan(blend, zero), -rate, blend));
        first = V.Constant(Beta2) * first + V.Constant(1 - Beta2) * gradient;
    }
}
