using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Resilient propagation: the step s of an element grows while its gradient keeps the sign, and shrinks where the sign turns,
/// where nothing is moved: p -= sign(g)·s. The last gradient is remembered first, the step second.
/// </summary>
internal readonly struct RpropUpdate : IUpdate
{
    public static int Memories => 2;

    public required double Shrink { get; init; }

    public required double Grow { get; init; }

    public required double Least { get; init; }

    public required double Most { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        V zero = V.Constant(0), one = V.Constant(1);
        V turn = Sign(gradient) * Sign(first), turns = V.LessThan(turn, zero);
        V factor = V.Select(turns, V.Constant(Shrink), V.Select(V.LessThan(zero, turn), V.Constant(Grow), one));
        second = V.Min(V.Max(second * factor, V.Constant(Least)), V.Constant(Most));
        first = V.Select(turns, zero, gradient);
        parameter -= Sign(first) * second;
    }

    private static V Sign<V>(V x) where V : struct, ILane<V>
    {
        V zero = V.Constant(0);
        return V.Select(V.LessThan(zero, x), V.Constant(1), V.Select(V.LessThan(x, zero), V.Constant(-1), x));
    }
}
