using System.Buffers;
using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>One unit is one tile of windows of one group of one example.</summary>
internal readonly unsafe struct ConvolutionForward<T>(ConvolutionSizes sizes, T* x, T* weight, T* y, long tile, long tiles) : IRangeWork
    where T : unmanaged, INumber<T>
{
    private readonly ConvolutionSizes _sizes = sizes;
    private readonly T* _x = x, _weight = weight, _y = y;

    public void Invoke(long start, long end)
    {
        if (_sizes.Windows.IsIdentity)
        {
            for (long unit = start; unit < end; unit++)
                Multiply(unit, null);
            return;
        }
        T[] buffer = ArrayPool<T>.Shared.Rent(checked((int)(Math.Max(_sizes.Rows, 1) * Math.Min(tile, _sizes.Windows.OutputCount))));
        fixed (T* columns = buffer)
        {
            for (long unit = start; unit < end; unit++)
                Multiply(unit, columns);
        }
        ArrayPool<T>.Shared.Return(buffer);
    }

    private void Multiply(long unit, T* columns)
    {
        WindowGrid windows = _sizes.Windows;
        long input = windows.InputCount, output = windows.OutputCount, places = windows.KernelCount, rows = _sizes.Rows;
        long from = unit % tiles * tile, count = Math.Min(tile, output - from), place = unit / tiles; // example and group
        T* source = _x + place * _sizes.GroupInputs * input;
        long row = count;
        if (columns is null) // windows of one element: the matrix is the input itself
        {
            columns = source + from;
            row = input;
        }
        else
        {
            for (long r = 0; r < rows; r++)
                Columns.Gather(source + r / places * input, windows, r % places, from, count, columns + r * count);
        }
        long outputs = _sizes.GroupOutputs;
        Gemm.Run(
            outputs, count, rows, _weight + place % _sizes.Groups * outputs * rows, rows, 1, columns, row, 1,
            _y + place * outputs * output + from, output);
    }
}
