using System.Buffers;
using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>One unit is one block of input channels of one group of one example; its tiles of windows are added in order.</summary>
internal readonly unsafe struct ConvolutionByInput<T>(ConvolutionSizes sizes, T* y, T* weight, T* x, long tile, long block) : IRangeWork
    where T : unmanaged, INumber<T>
{
    private readonly ConvolutionSizes _sizes = sizes;
    private readonly T* _y = y, _weight = weight, _x = x;

    public void Invoke(long start, long end)
    {
        T[] buffer = ArrayPool<T>.Shared.Rent(checked((int)(block * _sizes.Windows.KernelCount * tile)));
        fixed (T* columns = buffer)
        {
            for (long unit = start; unit < end; unit++)
                Spread(unit, columns);
        }
        ArrayPool<T>.Shared.Return(buffer);
    }

    private void Spread(long unit, T* columns)
    {
        WindowGrid windows = _sizes.Windows;
        long input = windows.InputCount, output = windows.OutputCount, places = windows.KernelCount, rows = _sizes.Rows;
        long blocks = (_sizes.GroupInputs + block - 1) / block, place = unit / blocks; // example and group
        long channel = unit % blocks * block, channels = Math.Min(block, _sizes.GroupInputs - channel);
        T* source = _y + place * _sizes.GroupOutputs * output, target = _x + (place * _sizes.GroupInputs + channel) * input;
        T* weight = _weight + place % _sizes.Groups * _sizes.GroupOutputs * rows + channel * places;
        for (long i = 0; i < channels * input; i++)
            target[i] = T.Zero;
        for (long from = 0; from < output; from += tile)
        {
            long count = Math.Min(tile, output - from);
            Gemm.Run(channels * places, count, _sizes.GroupOutputs, weight, 1, rows, source + from, output, 1, columns, count);
            for (long r = 0; r < channels * places; r++)
                Columns.Add(columns + r * count, windows, r % places, from, count, target + r / places * input);
        }
    }
}
