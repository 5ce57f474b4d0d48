using ChainRule.Kernels;

namespace ChainRule;

/// <summary>Works out how windows slide over the last axes of a shape, and refuses what does not fit.</summary>
internal static class Sliding
{
    /// <summary>Windows of a convolution or pooling: ⌊(input + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1 along each axis.</summary>
    /// <param name="operation">Named in errors.</param>
    /// <param name="shape">The input, whose last axes the windows slide over.</param>
    /// <param name="kernel">The window's sizes, one for each axis.</param>
    /// <param name="stride">At least 1; null for 1.</param>
    /// <param name="padding">At least 0; null for 0.</param>
    /// <param name="dilation">At least 1; null for 1.</param>
    /// <param name="ceil">Whether a last window may reach beyond the padding, as long as it starts before the end of the input.</param>
    public static WindowGrid Over(string operation, Shape shape, ReadOnlySpan<long> kernel, PerAxis? stride, PerAxis? padding, PerAxis? dilation, bool ceil = false)
    {
        int rank = kernel.Length;
        long[] strides = (stride ?? 1).For(rank, 1, operation, nameof(stride));
        long[] paddings = (padding ?? 0).For(rank, 0, operation, nameof(padding));
        long[] dilations = (dilation ?? 1).For(rank, 1, operation, nameof(dilation));
        var axes = new WindowAxis[rank];
        for (int i = 0; i < rank; i++)
        {
            long input = shape.Sizes[shape.Rank - rank + i];
            RequireSize(operation, shape, input);
            Int128 room = (Int128)input + 2 * paddings[i] - ((Int128)dilations[i] * (kernel[i] - 1) + 1);
            if (kernel[i] < 1 || input < 1 || room < 0)
                throw new ShapeException($"{operation}: a window of size {kernel[i]} with dilation {dilations[i]} spans {(Int128)dilations[i] * (kernel[i] - 1) + 1}, but axis {shape.Rank - rank + i} of shape {shape} with padding {paddings[i]} on both sides has {input + 2 * paddings[i]}.");
            long output = (long)((room + (ceil ? strides[i] - 1 : 0)) / strides[i]) + 1;
            if (ceil && (output - 1) * strides[i] >= input + paddings[i])
                output--;
            axes[i] = new(input, kernel[i], strides[i], paddings[i], dilations[i], output);
        }
        RequireCount(operation, shape, axes);
        return WindowGrid.Over(axes);
    }

    /// <summary>Windows whose input is that of a transposed convolution's result: (size - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.</summary>
    public static WindowGrid Transposed(string operation, Shape shape, ReadOnlySpan<long> kernel, PerAxis? stride, PerAxis? padding, PerAxis? outputPadding, PerAxis? dilation)
    {
        int rank = kernel.Length;
        long[] strides = (stride ?? 1).For(rank, 1, operation, nameof(stride));
        long[] paddings = (padding ?? 0).For(rank, 0, operation, nameof(padding));
        long[] added = (outputPadding ?? 0).For(rank, 0, operation, nameof(outputPadding));
        long[] dilations = (dilation ?? 1).For(rank, 1, operation, nameof(dilation));
        var axes = new WindowAxis[rank];
        for (int i = 0; i < rank; i++)
        {
            if (added[i] >= Math.Max(strides[i], dilations[i]))
                throw new ArgumentOutOfRangeException(nameof(outputPadding), added[i], $"{operation}: outputPadding must be smaller than the stride, {strides[i]}, or the dilation, {dilations[i]}, not {added[i]}.");
            long size = shape.Sizes[shape.Rank - rank + i];
            Int128 result = ((Int128)size - 1) * strides[i] - 2 * paddings[i] + (Int128)dilations[i] * (kernel[i] - 1) + added[i] + 1;
            if (kernel[i] < 1 || size < 1 || result < 1)
                throw new ShapeException($"{operation}: axis {shape.Rank - rank + i} of shape {shape} with a window of size {kernel[i]}, stride {strides[i]} and padding {paddings[i]} would come out with size {result}.");
            RequireSize(operation, shape, result);
            axes[i] = new((long)result, kernel[i], strides[i], paddings[i], dilations[i], size);
        }
        RequireCount(operation, shape, axes);
        return WindowGrid.Over(axes);
    }

    /// <summary>Windows of a pooling, whose padding is at most half a window: each then meets the input.</summary>
    public static WindowGrid Pool(string operation, Shape shape, int rank, PerAxis kernel, PerAxis? stride, PerAxis? padding, PerAxis? dilation, bool ceil)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        RequireAxes(operation, shape, rank);
        long[] sizes = kernel.For(rank, 1, operation, nameof(kernel)), paddings = (padding ?? 0).For(rank, 0, operation, nameof(padding));
        for (int i = 0; i < rank; i++)
        {
            if (paddings[i] > sizes[i] / 2)
                throw new ArgumentOutOfRangeException(nameof(padding), paddings[i], $"{operation}: padding {paddings[i]} must be at most half of the window's size, {sizes[i]}.");
        }
        return Over(operation, shape, sizes, stride ?? kernel, padding, dilation, ceil);
    }

    /// <summary>Windows that share out the last axes as evenly as they can.</summary>
    public static WindowGrid Adaptive(string operation, Shape shape, int rank, PerAxis outputSize)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        RequireAxes(operation, shape, rank);
        long[] sizes = outputSize.For(rank, 1, operation, nameof(outputSize));
        var axes = new WindowAxis[rank];
        for (int i = 0; i < rank; i++)
        {
            long input = shape.Sizes[shape.Rank - rank + i];
            RequireSize(operation, shape, input);
            if (input < 1)
                throw new ShapeException($"{operation}: axis {shape.Rank - rank + i} of shape {shape} has no elements to pool.");
            axes[i] = WindowAxis.Sharing(input, sizes[i]);
        }
        RequireCount(operation, shape, axes);
        return WindowGrid.Over(axes);
    }

    /// <summary>Refuses anything but [channels, ...] and [batch, channels, ...] with so many axes behind.</summary>
    public static void RequireAxes(string operation, Shape shape, int rank)
    {
        if (shape.Rank != rank + 1 && shape.Rank != rank + 2)
            throw new ShapeException($"{operation}: the input has shape {shape}, but needs {rank + 2} axes, [batch, channels{Axes(rank)}], or {rank + 1} without the batch.");
    }

    /// <summary>A shape whose last axes are replaced by these sizes.</summary>
    public static Shape Replaced(Shape shape, ReadOnlySpan<long> sizes) => Shape.Create([.. shape.Sizes[..^sizes.Length], .. sizes]);

    /// <summary>How many planes of so many axes a tensor has.</summary>
    public static long Planes(Shape shape, int rank)
    {
        long planes = 1;
        foreach (long size in shape.Sizes[..^rank])
            planes *= size;
        return planes;
    }

    // The elements of all windows, an upper bound of whatever is counted; rounding does not matter here.
    private static void RequireCount(string operation, Shape shape, WindowAxis[] axes)
    {
        double count = 1, inputs = 1;
        foreach (long size in shape.Sizes[..^axes.Length])
            count *= size;
        foreach (WindowAxis axis in axes)
            (count, inputs) = (count * Math.Max(axis.Kernel, 1) * axis.Output, inputs * axis.Input);
        if (Math.Max(count, inputs) > 9e18)
            throw new ShapeException($"{operation}: the windows over shape {shape}, [{string.Join(", ", axes.Select(axis => axis.Output))}] along its last axes, have more than 2^63 - 1 elements.");
    }

    private static string Axes(int rank) => rank switch
    {
        1 => ", length",
        2 => ", height, width",
        _ => ", depth, height, width",
    };

    // Positions along an axis are multiplied by small numbers; up to here nothing overflows.
    private static void RequireSize(string operation, Shape shape, Int128 size)
    {
        if (size > int.MaxValue)
            throw new ShapeException($"{operation}: with shape {shape} an axis of size {size} would be needed; windows slide over at most {int.MaxValue} elements.");
    }
}
