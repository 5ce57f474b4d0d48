namespace ChainRule.Kernels;

/// <summary>How windows slide along one axis: window o and place k of it meet input o·Stride - Padding + k·Dilation, which may lie outside.</summary>
/// <remarks>A kernel of size 0 means windows that share out the whole axis: window o reaches from ⌊o·Input / Output⌋ to ⌈(o + 1)·Input / Output⌉.</remarks>
internal readonly record struct WindowAxis(long Input, long Kernel, long Stride, long Padding, long Dilation, long Output)
{
    /// <summary>No axis at all: one window of one element.</summary>
    public static WindowAxis None => new(1, 1, 1, 0, 1, 1);

    private bool SharesOut => Kernel == 0;

    /// <summary>Windows that share out the axis as evenly as they can.</summary>
    public static WindowAxis Sharing(long input, long output) => new(input, 0, 1, 0, 1, output);

    /// <summary>Whether every window is one element, in order.</summary>
    public bool IsIdentity => this == new WindowAxis(Input, 1, 1, 0, Dilation, Input);

    /// <summary>The input, perhaps outside, at place 0 of a window.</summary>
    public long Start(long window) => SharesOut ? window * Input / Output : window * Stride - Padding;

    /// <summary>The first input of a window that is inside, and the end of those that are.</summary>
    public (long First, long End) Inside(long window)
    {
        long start = Start(window);
        if (SharesOut)
            return (start, ((window + 1) * Input + Output - 1) / Output);
        long first = start < 0 ? start + (-start + Dilation - 1) / Dilation * Dilation : start;
        return (first, Math.Min(start + (Kernel - 1) * Dilation + 1, Input));
    }

    /// <summary>The places of a window that are inside the input or its padding, on both sides the same.</summary>
    public long Covered(long window)
    {
        long start = Start(window);
        return SharesOut ? Inside(window).End - start : (Math.Min(start + (Kernel - 1) * Dilation + 1, Input + Padding) - start + Dilation - 1) / Dilation;
    }

    /// <summary>The windows, from First up to End, in which a place is inside the input.</summary>
    public (long First, long End) Reaching(long place)
    {
        long offset = Padding - place * Dilation; // window o meets input o·Stride - offset
        long first = offset <= 0 ? 0 : (offset + Stride - 1) / Stride;
        long last = Input - 1 + offset;
        return (first, last < 0 ? 0 : Math.Min(last / Stride + 1, Output));
    }
}
