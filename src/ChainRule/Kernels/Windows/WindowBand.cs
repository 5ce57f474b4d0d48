namespace ChainRule.Kernels;

/// <summary>
/// Some windows in a row along the outermost axis, and the part of each channel that they meet, padding included, so that
/// nothing inside has to ask where the edges are.
/// </summary>
internal readonly unsafe struct WindowBand
{
    private readonly WindowGrid _windows;
    private readonly WindowExtent _depth, _height, _width;

    /// <summary>The windows from <paramref name="first"/> on along the outermost axis that has more than one.</summary>
    public WindowBand(in WindowGrid windows, long first, long count)
    {
        _windows = windows;
        int outermost = Outermost(windows);
        IsCopied = windows.Depth.Padding + windows.Height.Padding + windows.Width.Padding > 0;
        _depth = Extent(windows.Depth, outermost == 0, first, count);
        _height = Extent(windows.Height, outermost == 1, first, count);
        _width = Extent(windows.Width, outermost == 2, first, count);
    }

    /// <summary>Whether the part must be copied, since it reaches into the padding; else it lies in the input.</summary>
    public bool IsCopied { get; }

    /// <summary>The number of windows.</summary>
    public long Count => _depth.Windows * _height.Windows * _width.Windows;

    /// <summary>Elements from one channel to the next.</summary>
    public long Plane => IsCopied ? _depth.Size * _height.Size * _width.Size : _windows.InputCount;

    private long Line => IsCopied ? _width.Size : _windows.Width.Input;

    private long Layer => Line * (IsCopied ? _height.Size : _windows.Height.Input);

    /// <summary>How many windows there are along the outermost axis, and how many others for each of them.</summary>
    public static (long Windows, long Each) Along(in WindowGrid windows) => Outermost(windows) switch
    {
        0 => (windows.Depth.Output, windows.Height.Output * windows.Width.Output),
        1 => (windows.Height.Output, windows.Width.Output),
        _ => (windows.Width.Output, 1),
    };

    /// <summary>Where the band begins in a plane that is not copied.</summary>
    public long Origin => (_depth.First * _windows.Height.Input + _height.First) * _windows.Width.Input + _width.First;

    /// <summary>Writes where each window's first place lies, from the band's beginning.</summary>
    public void Offsets(long* offsets)
    {
        for (long d = 0; d < _depth.Windows; d++)
        {
            for (long h = 0; h < _height.Windows; h++)
            {
                long start = d * _windows.Depth.Stride * Layer + h * _windows.Height.Stride * Line;
                for (long w = 0; w < _width.Windows; w++)
                    *offsets++ = start + w * _windows.Width.Stride;
            }
        }
    }

    /// <summary>Writes how far each place of each channel's window lies from the window's first.</summary>
    public void Places(long channels, long* places)
    {
        for (long channel = 0; channel < channels; channel++)
        {
            for (long d = 0; d < _windows.Depth.Kernel; d++)
            {
                for (long h = 0; h < _windows.Height.Kernel; h++)
                {
                    long start = channel * Plane + d * _windows.Depth.Dilation * Layer + h * _windows.Height.Dilation * Line;
                    for (long w = 0; w < _windows.Width.Kernel; w++)
                        *places++ = start + w * _windows.Width.Dilation;
                }
            }
        }
    }

    /// <summary>Copies what the band meets of some channels, with 0 where it lies outside.</summary>
    public void Copy<T>(T* source, long channels, T* target) where T : unmanaged
    {
        for (long channel = 0; channel < channels; channel++, source += _windows.InputCount)
        {
            for (long d = 0; d < _depth.Size; d++)
            {
                for (long h = 0; h < _height.Size; h++, target += _width.Size)
                {
                    long layer = _depth.First + d, line = _height.First + h;
                    bool isInside = (ulong)layer < (ulong)_windows.Depth.Input && (ulong)line < (ulong)_windows.Height.Input;
                    Copy(isInside ? source + (layer * _windows.Height.Input + line) * _windows.Width.Input : null, target);
                }
            }
        }
    }

    private void Copy<T>(T* line, T* target) where T : unmanaged
    {
        long size = _width.Size, left = size, right = size;
        if (line is not null)
        {
            left = Math.Clamp(-_width.First, 0, size);
            right = Math.Clamp(_windows.Width.Input - _width.First, left, size);
        }
        for (long i = 0; i < left; i++)
            target[i] = default;
        if (right > left)
            new ReadOnlySpan<T>(line + left + _width.First, (int)(right - left)).CopyTo(new Span<T>(target + left, (int)(right - left)));
        for (long i = right; i < size; i++)
            target[i] = default;
    }

    private static int Outermost(in WindowGrid windows) => windows.Depth.Output > 1 ? 0 : windows.Height.Output > 1 ? 1 : 2;

    private static WindowExtent Extent(in WindowAxis axis, bool isCut, long first, long count)
    {
        (long from, long windows) = isCut ? (first, count) : (0, axis.Output);
        return new(from * axis.Stride - axis.Padding, windows, (windows - 1) * axis.Stride + (axis.Kernel - 1) * axis.Dilation + 1);
    }

    /// <summary>Along one axis: the input at the beginning, perhaps outside; the windows; the inputs that they reach over.</summary>
    private readonly record struct WindowExtent(long First, long Windows, long Size);
}
