using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// g += decay·p;  v += g²;  p -= rate·g / (√v + ε).
/// </summary>
internal readonly struct AdagradUpdate : IUpdate
{
    public static int Memories => 1;

    public required double Rate { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first += gradient * gradient;
        parameter -= V.Constant(Rate) * gradient / (V.Sqrt(first) + V.Constant(Epsilon));
    }
}
