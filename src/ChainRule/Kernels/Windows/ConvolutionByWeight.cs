namespace ChainRule.Kernels;

/// <summary>The transpose in the weight. One unit is the weights of a block of channels of one group, over some of the examples.</summary>
/// <remarks>
/// Examples are cut into chunks by the shapes alone; each chunk is summed on its own, over examples and windows in order, and the chunks
/// are added in order. The product is that of the transposes: rows are the places of the windows, columns the outputs.
/// </remarks>
internal readonly unsafe struct ConvolutionByWeight<V, T> : IRangeWork
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    // Elements of the matrix of windows, of a block of channels: half of the second-level cache.
    private const long BlockElements = 64 * 1024;

    // Units to aim for, so that threads have enough to share.
    private const long AimedUnits = 8;

    private const long LeastWindows = 256;

    private readonly ConvolutionSizes _sizes;
    private readonly T* _x, _y, _sums;
    private readonly long _bandLength, _bands, _each, _block, _blocks, _chunks, _depth;

    public ConvolutionByWeight(in ConvolutionSizes sizes, T* x, T* y, T* sums)
    {
        _sizes = sizes;
        _x = x;
        _y = y;
        _sums = sums;
        (long length, long each) = WindowBand.Along(sizes.Windows);
        _each = each;
        _bandLength = Math.Clamp((LeastWindows + _each - 1) / _each, 1, length);
        _bands = (length + _bandLength - 1) / _bandLength;
        _depth = (Math.Min(Gemm.Depth, _bandLength * _each) + V.Count - 1) / V.Count * V.Count;
        (_block, _blocks, _chunks) = Cut(sizes);
    }

    /// <summary>Chunks of examples, each with a sum of its own.</summary>
    public static long Chunks(in ConvolutionSizes sizes) => Cut(sizes).Chunks;

    // Columns, in whole vectors.
    private long Columns => (_sizes.GroupOutputs + V.Count - 1) / V.Count * V.Count;

    /// <summary>Cuts the units between the threads.</summary>
    public void Run() =>
        Units.Run(_sizes.Groups * _blocks * _chunks, _sizes.Batch / _chunks * _sizes.GroupOutputs * _block * _sizes.Windows.KernelCount * _sizes.Windows.OutputCount, this);

    public void Invoke(long start, long end)
    {
        long most = new WindowBand(_sizes.Windows, 0, _bandLength).Plane, places = _block * _sizes.Windows.KernelCount;
        var scratch = new Scratch<T>(places + _bandLength * _each, most * _block + V.Count, places * _depth + Columns * _depth, places * Columns);
        fixed (byte* memory = scratch.Memory)
        {
            for (long unit = start; unit < end; unit++)
                Correlate(unit, scratch.Of(memory));
        }
        scratch.Return();
    }

    // Independent of lanes and threads, since it decides the order of summation.
    private static (long Block, long Blocks, long Chunks) Cut(in ConvolutionSizes sizes)
    {
        long places = Math.Max(sizes.Windows.KernelCount, 1);
        long block = Math.Clamp(BlockElements / (places * Gemm.Depth), 1, Math.Max(sizes.GroupInputs, 1));
        long blocks = (sizes.GroupInputs + block - 1) / block;
        block = (sizes.GroupInputs + blocks - 1) / Math.Max(blocks, 1);
        long chunks = Math.Clamp(AimedUnits / Math.Max(sizes.Groups * blocks, 1), 1, Math.Max(sizes.Batch, 1));
        return (block, blocks, chunks);
    }

    private void Correlate(long unit, in Scratch<T>.Parts scratch)
    {
        long chunk = unit % _chunks, blockIndex = unit / _chunks % _blocks, group = unit / _chunks / _blocks;
        long channel = blockIndex * _block, channels = Math.Min(_block, _sizes.GroupInputs - channel), places = channels * _sizes.Windows.KernelCount;
        new Span<T>(scratch.Tile, checked((int)(places * Columns))).Clear();
        for (long example = _sizes.Batch * chunk / _chunks; example < _sizes.Batch * (chunk + 1) / _chunks; example++)
        {
            long place = example * _sizes.Groups + group;
            for (long band = 0; band < _bands; band++)
                Band(band * _bandLength, _x + (place * _sizes.GroupInputs + channel) * _sizes.Windows.InputCount, channels, _y + place * _sizes.GroupOutputs * _sizes.Windows.OutputCount, scratch);
        }
        T* sums = _sums + ((chunk * _sizes.Groups + group) * _sizes.GroupOutputs * _sizes.Rows) + channel * _sizes.Windows.KernelCount;
        for (long o = 0; o < _sizes.GroupOutputs; o++)
        {
            for (long r = 0; r < places; r++)
                sums[o * _sizes.Rows + r] = scratch.Tile[r * Columns + o];
        }
    }

    private void Band(long first, T* input, long channels, T* y, in Scratch<T>.Parts scratch)
    {
        WindowGrid windows = _sizes.Windows;
        var band = new WindowBand(windows, first, Math.Min(_bandLength, WindowBand.Along(windows).Windows - first));
        T* start = input + band.Origin, limit = input + channels * windows.InputCount;
        if (band.IsCopied)
        {
            band.Copy(input, channels, scratch.Band);
            start = scratch.Band;
            limit = start + band.Plane * channels + V.Count;
        }
        long rows = channels * windows.KernelCount;
        long* places = scratch.Positions, offsets = places + rows;
        band.Places(channels, places);
        band.Offsets(offsets);
        T* outputs = scratch.Packed + _block * windows.KernelCount * _depth;
        for (long from = 0; from < band.Count; from += _depth)
        {
            long count = Math.Min(_depth, band.Count - from);
            WindowColumns<V, T>.Write(start, limit, places, rows, offsets + from, count, scratch.Packed, _depth);
            for (long column = 0, width; column < _sizes.GroupOutputs; column += width)
            {
                width = MicroKernel<V, T>.VectorsFor(_sizes.GroupOutputs - column) * V.Count;
                T* source = y + column * windows.OutputCount + first * _each + from;
                Packing.Strip<V, T>(count, source, 1, windows.OutputCount, outputs + column * count, (int)width, (int)Math.Min(width, _sizes.GroupOutputs - column));
            }
            Multiply(rows, count, scratch.Packed, outputs, scratch.Tile);
        }
    }

    private void Multiply(long places, long depth, T* a, T* b, T* c)
    {
        int step = MicroKernel<V, T>.Rows;
        for (long i = 0; i < places; i += step)
        {
            int rows = (int)Math.Min(step, places - i);
            for (long j = 0, width; j < Columns; j += width)
            {
                int vectors = MicroKernel<V, T>.VectorsFor(Columns - j);
                width = vectors * V.Count;
                MicroKernel<V, T>.Run(rows, vectors, depth, a + i * _depth, _depth, 1, b + j * depth, width, c + i * Columns + j, Columns, true);
            }
        }
    }
}
