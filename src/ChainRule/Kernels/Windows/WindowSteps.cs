namespace ChainRule.Kernels;

/// <summary>Steps from First up to but without End.</summary>
internal readonly record struct WindowSteps(long First, long End, long Step)
{
    public long Count => End <= First ? 0 : (End - First + Step - 1) / Step;

    /// <summary>The inputs of a window inside an axis whose neighbours lie <paramref name="stride"/> elements apart.</summary>
    public static WindowSteps Of(in WindowAxis axis, long window, long stride)
    {
        (long first, long end) = axis.Inside(window);
        return new(first * stride, end * stride, axis.Dilation * stride);
    }
}
