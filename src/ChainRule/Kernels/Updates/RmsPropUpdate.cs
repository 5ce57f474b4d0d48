using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// g += decay·p;  v = αv + (1 - α)g²;  p -= rate·g / (√v + ε).
/// </summary>
internal readonly struct RmsPropUpdate : IUpdate
{
    public static int Memories => 1;

    public required double Rate { get; init; }

    public required double Alpha { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first = V.Constant(Alpha) * first + V.Constant(1 - Alpha) * gradient * gradient;
        parameter -= V.Constant(Rate) * gradient / (V.Sqrt(first) + V.Constant(Epsilon));
    }
}
