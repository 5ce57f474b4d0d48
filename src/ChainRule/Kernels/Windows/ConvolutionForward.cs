namespace ChainRule.Kernels;

/// <summary>The forward pass. One unit is one band of windows of one group of one example.</summary>
/// <remarks>
/// The matrix of what the windows meet is packed straight from the band, in strips as the micro-kernel reads them. Sums go over k as
/// in <see cref="Gemm"/>: in blocks of <see cref="Gemm.Depth"/> that are added in order.
/// </remarks>
internal readonly unsafe struct ConvolutionForward<V, T> : IRangeWork
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    // Packed windows that stay in the second-level cache.
    private const int PackedBytes = 480 * 1024;

    // Bands of at least so many windows: enough to share the cost of their borders.
    private const long LeastWindows = 1024;

    private readonly ConvolutionSizes _sizes;
    private readonly T* _x, _weight, _y;
    private readonly long _bandLength, _bands, _each;

    public ConvolutionForward(in ConvolutionSizes sizes, T* x, T* weight, T* y)
    {
        _sizes = sizes;
        _x = x;
        _weight = weight;
        _y = y;
        (long length, long each) = WindowBand.Along(sizes.Windows);
        _each = each;
        _bandLength = Math.Clamp((LeastWindows + _each - 1) / _each, 1, length);
        _bands = (length + _bandLength - 1) / _bandLength;
    }

    private static int Width => 3 * V.Count;

    // Columns that are packed at a time, in whole strips.
    private long Tile => Math.Max(PackedBytes / sizeof(T) / Math.Min(Gemm.Depth, _sizes.Rows) / Width, 1) * Width;

    /// <summary>Cuts the units between the threads.</summary>
    public void Run()
    {
        if (_sizes.Rows == 0) return;
        Units.Run(_sizes.Batch * _sizes.Groups * _bands, _sizes.GroupOutputs * _sizes.Rows * _bandLength * _each, this);
    }

    public void Invoke(long start, long end)
    {
        long most = new WindowBand(_sizes.Windows, 0, _bandLength).Plane;
        long windows = _bandLength * _each, columns = Math.Min(Tile, (windows + Width - 1) / Width * Width);
        var scratch = new Scratch<T>(_sizes.Rows + windows, (most * _sizes.GroupInputs) + V.Count, columns * Math.Min(Gemm.Depth, _sizes.Rows), 8 * Width);
        fixed (byte* memory = scratch.Memory)
        {
            for (long unit = start; unit < end; unit++)
                Band(unit, scratch.Of(memory));
        }
        scratch.Return();
    }

    private void Band(long unit, in Scratch<T>.Parts scratch)
    {
        WindowGrid windows = _sizes.Windows;
        long place = unit / _bands, first = unit % _bands * _bandLength; // example and group; window along the outermost axis
        var band = new WindowBand(windows, first, Math.Min(_bandLength, WindowBand.Along(windows).Windows - first));
        T* input = _x + place * _sizes.GroupInputs * windows.InputCount, limit = input + _sizes.GroupInputs * windows.InputCount;
        T* start = input + band.Origin;
        if (band.IsCopied)
        {
            band.Copy(input, _sizes.GroupInputs, scratch.Band);
            start = scratch.Band;
            limit = start + band.Plane * _sizes.GroupInputs + V.Count;
        }
        long* places = scratch.Positions, offsets = places + _sizes.Rows;
        band.Places(_sizes.GroupInputs, places);
        band.Offsets(offsets);
        T* weight = _weight + place % _sizes.Groups * _sizes.GroupOutputs * _sizes.Rows;
        T* target = _y + place * _sizes.GroupOutputs * windows.OutputCount + first * _each;
        for (long from = 0; from < band.Count; from += Tile)
        {
            long count = Math.Min(Tile, band.Count - from);
            for (long depth = 0; depth < _sizes.Rows; depth += Gemm.Depth)
            {
                long rows = Math.Min(Gemm.Depth, _sizes.Rows - depth);
                for (long column = 0, width; column < count; column += width)
                {
                    width = MicroKernel<V, T>.VectorsFor(count - column) * V.Count;
                    WindowColumns<V, T>.Write(start, limit, places + depth, rows, offsets + from + column, Math.Min(width, count - column), scratch.Packed + column * rows, width);
                }
                PackedProduct<V, T>.Block(_sizes.GroupOutputs, count, rows, weight + depth, _sizes.Rows, scratch.Packed, target + from, windows.OutputCount, scratch.Tile, depth > 0);
            }
        }
    }
}
