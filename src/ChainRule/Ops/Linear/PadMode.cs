using System.Runtime.CompilerServices;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>With elements added at both ends of one axis that continue it: mirrored, repeated or from the other end.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="before">How many in front.</param>
    /// <param name="after">How many behind.</param>
    /// <param name="mode">What they are.</param>
    /// <exception cref="ShapeException">A number is negative, or there are not enough elements to mirror or to take from the other end.</exception>
    [OverloadResolutionPriority(-1)] // so that a literal 0 is a value and no mode
    public Tensor Pad(int axis, long before, long after, PaddingMode mode)
    {
        if (mode == PaddingMode.Zeros)
            return Pad(axis, before, after);
        int place = Shape.Axis(axis, nameof(Pad));
        long size = Shape.Sizes[place];
        long most = mode switch
        {
            PaddingMode.Reflect => size - 1,
            PaddingMode.Replicate => size == 0 ? 0 : int.MaxValue,
            PaddingMode.Circular => size,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, $"Pad: {mode} is no {nameof(PaddingMode)}."),
        };
        if (before < 0 || after < 0 || Math.Max(before, after) > Math.Max(most, 0))
            throw new ShapeException($"Pad: {before} before and {after} after axis {axis} of shape {Shape} with mode {mode}: they must be at least 0 and at most {Math.Max(most, 0)}.");
        if (before == 0 && after == 0) return this;
        if (before + after > long.MaxValue - size)
            throw new ShapeException($"Pad: with {before} before and {after} after, axis {axis} of shape {Shape} has more than 2^63 - 1 elements.");
        long count = before + size + after;
        Shape.For(nameof(Pad), [.. Shape.Sizes[..place], count, .. Shape.Sizes[(place + 1)..]]);
        return Take(Each(count, at => Continued(at - before, size, mode)), place);
    }

    // The element that stands for a position before the start or behind the end.
    private static long Continued(long position, long size, PaddingMode mode) => mode switch
    {
        PaddingMode.Reflect => position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position,
        PaddingMode.Replicate => Math.Clamp(position, 0, size - 1),
        _ => (position + size) % size,
    };

    // Both ends of each of the last axes, as many elements at one as at the other.
    internal Tensor PadLast(ReadOnlySpan<long> padding, PaddingMode mode)
    {
        Tensor x = this;
        for (int i = 0; i < padding.Length; i++)
            x = x.Pad(Rank - padding.Length + i, padding[i], padding[i], mode);
        return x;
    }
}
