using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>The elements that one place of the window meets, for a range of windows in a row: a row of the matrix that a convolution multiplies.</summary>
internal static unsafe class Columns
{
    /// <summary>Copies what the place meets in windows <paramref name="from"/> to from + count - 1; 0 outside the input.</summary>
    public static void Gather<T>(T* plane, in WindowGrid windows, long place, long from, long count, T* row) where T : unmanaged
    {
        (long depth, long height, long width) = windows.Place(place);
        WindowAxis axis = windows.Width;
        (long first, long end) = axis.Reaching(width);
        long shift = width * axis.Dilation - axis.Padding;
        long line = from / axis.Output, start = from % axis.Output;
        for (; count > 0; line++, start = 0)
        {
            long stop = Math.Min(start + count, axis.Output);
            long inside = Math.Clamp(first, start, stop), outside = Math.Clamp(end, inside, stop);
            long begin = Line(windows, line, depth, height);
            if (begin < 0)
                inside = outside = stop;
            new Span<T>(row, (int)(inside - start)).Clear();
            if (inside < outside)
                Copy(plane + begin + inside * axis.Stride + shift, axis.Stride, row + (inside - start), outside - inside);
            new Span<T>(row + (outside - start), (int)(stop - outside)).Clear();
            row += stop - start;
            count -= stop - start;
        }
    }

    /// <summary>The transpose: adds a row to the elements that the place meets; what lies outside is dropped.</summary>
    public static void Add<T>(T* row, in WindowGrid windows, long place, long from, long count, T* plane) where T : unmanaged, INumber<T>
    {
        (long depth, long height, long width) = windows.Place(place);
        WindowAxis axis = windows.Width;
        (long first, long end) = axis.Reaching(width);
        long shift = width * axis.Dilation - axis.Padding;
        long line = from / axis.Output, start = from % axis.Output;
        for (; count > 0; line++, start = 0)
        {
            long stop = Math.Min(start + count, axis.Output);
            long inside = Math.Clamp(first, start, stop), outside = Math.Clamp(end, inside, stop);
            long begin = Line(windows, line, depth, height);
            if (begin >= 0 && inside < outside)
            {
                T* target = plane + begin + inside * axis.Stride + shift, source = row + (inside - start);
                for (long i = 0; i < outside - inside; i++)
                    target[i * axis.Stride] += source[i];
            }
            row += stop - start;
            count -= stop - start;
        }
    }

    // Where the line of the input begins that a line of windows meets at this depth and height; -1 outside.
    private static long Line(in WindowGrid windows, long line, long depth, long height)
    {
        long d = windows.Depth.Start(line / windows.Height.Output) + depth * windows.Depth.Dilation;
        long h = windows.Height.Start(line % windows.Height.Output) + height * windows.Height.Dilation;
        bool isInside = (ulong)d < (ulong)windows.Depth.Input && (ulong)h < (ulong)windows.Height.Input;
        return isInside ? (d * windows.Height.Input + h) * windows.Width.Input : -1;
    }

    private static void Copy<T>(T* source, long stride, T* row, long count) where T : unmanaged
    {
        if (stride == 1)
        {
            new ReadOnlySpan<T>(source, (int)count).CopyTo(new Span<T>(row, (int)count));
            return;
        }
        for (long i = 0; i < count; i++)
            row[i] = source[i * stride];
    }
}
