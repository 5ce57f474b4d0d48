using System.Buffers;
using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>One unit is the weights of one block of input channels of one group; examples and tiles of windows are added in order.</summary>
internal readonly unsafe struct ConvolutionByWeight<T>(ConvolutionSizes sizes, T* x, T* y, T* weight, long tile, long block) : IRangeWork
    where T : unmanaged, INumber<T>
{
    private readonly ConvolutionSizes _sizes = sizes;
    private readonly T* _x = x, _y = y, _weight = weight;

    public void Invoke(long start, long end)
    {
        T[] buffer = ArrayPool<T>.Shared.Rent(checked((int)(block * _sizes.Windows.KernelCount * tile)));
        fixed (T* columns = buffer)
        {
            for (long unit = start; unit < end; unit++)
                Correlate(unit, columns);
        }
        ArrayPool<T>.Shared.Return(buffer);
    }

    private void Correlate(long unit, T* columns)
    {
        WindowGrid windows = _sizes.Windows;
        long input = windows.InputCount, output = windows.OutputCount, places = windows.KernelCount, rows = _sizes.Rows;
        long blocks = (_sizes.GroupInputs + block - 1) / block, group = unit / blocks;
        long channel = unit % blocks * block, width = Math.Min(block, _sizes.GroupInputs - channel) * places;
        T* target = _weight + group * _sizes.GroupOutputs * rows + channel * places;
        for (long o = 0; o < _sizes.GroupOutputs; o++)
        {
            for (long r = 0; r < width; r++)
                target[o * rows + r] = T.Zero;
        }
        for (long example = 0; example < _sizes.Batch; example++)
        {
            long place = example * _sizes.Groups + group;
            T* source = _x + (place * _sizes.GroupInputs + channel) * input, cotangent = _y + place * _sizes.GroupOutputs * output;
            for (long from = 0; from < output; from += tile)
            {
                long count = Math.Min(tile, output - from);
                for (long r = 0; r < width; r++)
                    Columns.Gather(source + r / places * input, windows, r % places, from, count, columns + r * count);
                Gemm.Run(_sizes.GroupOutputs, width, count, cotangent + from, output, 1, columns, 1, count, target, rows, default(AccumulateEpilogue));
            }
        }
    }
}
