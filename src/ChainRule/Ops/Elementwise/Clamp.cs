using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Each element, but not below <paramref name="min"/> or above <paramref name="max"/>; NaN stays NaN.</summary>
    /// <exception cref="ArgumentException">The bounds are NaN or in the wrong order.</exception>
    public Tensor Clamp(double min = double.NegativeInfinity, double max = double.PositiveInfinity) =>
        Clamped(min, max, nameof(Clamp));

    private Tensor Clamped(double min, double max, string operation) => min <= max
        ? new ClampOp(min, max).Apply(this)
        : throw new ArgumentException($"{operation}: min {min} must not be greater than max {max}, and neither may be NaN.");

    /// <summary>min(max(x, min), max) with a bound for each element; null for none. The shapes broadcast.</summary>
    /// <remarks>Where elements are equal they share the gradient as in <see cref="Maximum"/> and <see cref="Minimum"/>: the shares add up to 1.</remarks>
    public Tensor Clamp(Tensor? min, Tensor? max)
    {
        Tensor raised = min is null ? this : Maximum(this, min);
        return max is null ? raised : Minimum(raised, max);
    }
}

/// <summary>y = min(max(x, Min), Max),  dy/dx = 1 inside, 0 outside and at the bounds (the subgradient of least norm).</summary>
internal sealed record ClampOp(double Min, double Max) : UnaryOp<ClampOp.Body>(new Body(Min, Max))
{
    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        // An infinite bound is none: an infinite x does not lie at it.
        if (double.IsNegativeInfinity(Min))
            return double.IsPositiveInfinity(Max) ? Partial.One : Partial.Mask(x < Max);
        return Partial.Mask(double.IsPositiveInfinity(Max) ? x > Min : (x > Min).And(x < Max));
    }

    public readonly struct Body(double min, double max) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Min(V.Max(x, V.Constant(min)), V.Constant(max));
    }
}
