using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// g += decay·p;  v = αv + (1 - α)g²;  a = αa + (1 - α)g and s = v - a² if centred, else s = v;
/// b = momentum·b + g / (√s + ε);  p -= rate·b.
/// </summary>
internal readonly struct RmsPropMomentumUpdate : IUpdate
{
    public static int Memories => 3;

    public required double Rate { get; init; }

    public required double Alpha { get; init; }

    public required double Epsilon { get; init; }

    public required double Decay { get; init; }

    public required double Momentum { get; init; }

    public required bool IsCentred { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (Decay != 0)
            gradient += V.Constant(Decay) * parameter;
        first = V.Constant(Alpha) * first + V.Constant(1 - Alpha) * gradient * gradient;
        V square = first;
        if (IsCentred)
        {
            second = V.Constant(Alpha) * second + V.Constant(1 - Alpha) * gradient;
            // A variance that rounding made negative is 0.
            square = V.Max(first - second * second, V.Constant(0));
        }
        third = V.Constant(Momentum) * third + gradient / (V.Sqrt(square) + V.Constant(Epsilon));
        parameter -= V.Constant(Rate) * third;
    }
}
