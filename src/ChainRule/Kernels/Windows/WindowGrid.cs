namespace ChainRule.Kernels;

/// <summary>Windows that slide over one to three axes; the missing ones, in front, have size 1.</summary>
internal readonly record struct WindowGrid(int Rank, WindowAxis Depth, WindowAxis Height, WindowAxis Width)
{
    /// <summary>Windows over the axes given, one to three.</summary>
    public static WindowGrid Over(ReadOnlySpan<WindowAxis> axes) => new(
        axes.Length,
        axes.Length > 2 ? axes[^3] : WindowAxis.None,
        axes.Length > 1 ? axes[^2] : WindowAxis.None,
        axes[^1]);

    /// <summary>Elements of one plane of the input.</summary>
    public long InputCount => Depth.Input * Height.Input * Width.Input;

    /// <summary>Places of one window.</summary>
    public long KernelCount => Depth.Kernel * Height.Kernel * Width.Kernel;

    /// <summary>The number of windows.</summary>
    public long OutputCount => Depth.Output * Height.Output * Width.Output;

    /// <summary>The sizes of the input.</summary>
    public long[] Inputs => Of(axis => axis.Input);

    /// <summary>The sizes of a window.</summary>
    public long[] Kernels => Of(axis => axis.Kernel);

    /// <summary>How many windows there are along each axis.</summary>
    public long[] Outputs => Of(axis => axis.Output);

    /// <summary>Whether every window is one element, in order.</summary>
    public bool IsIdentity => Depth.IsIdentity && Height.IsIdentity && Width.IsIdentity;

    /// <summary>A place of a window, counted in row-major order, along each axis.</summary>
    public (long Depth, long Height, long Width) Place(long place) =>
        (place / (Height.Kernel * Width.Kernel), place / Width.Kernel % Height.Kernel, place % Width.Kernel);

    private long[] Of(Func<WindowAxis, long> size) => Rank switch
    {
        1 => [size(Width)],
        2 => [size(Height), size(Width)],
        _ => [size(Depth), size(Height), size(Width)],
    };
}
