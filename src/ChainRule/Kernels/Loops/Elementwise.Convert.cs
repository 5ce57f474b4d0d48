using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>y[i] = x[i] in another type: float, double, int, long, or byte for bool.</summary>
    /// <remarks>
    /// To bool: x != 0, hence true for NaN. From floating to integer: truncates; NaN gives 0, and what is out of range the nearest
    /// value that is in it. To floating: rounded once, ties to even. From long to int: the low 32 bits.
    /// </remarks>
    [SkipLocalsInit]
    public static void Convert<TFrom, TTo>(Strided<TFrom> x, TTo* y) where TFrom : unmanaged where TTo : unmanaged
    {
        long count = x.Count;
        if (count == 0)
            return;
        MergedAxes.Merge(out MergedAxes axes, x.Sizes, x.Strides);
        Ranges.Run(count, new ConvertWork<TFrom, TTo>(x.Data, &axes, y));
    }

    private readonly struct ConvertWork<TFrom, TTo>(TFrom* x, MergedAxes* axes, TTo* y) : IRangeWork
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        [SkipLocalsInit]
        public void Invoke(long start, long end)
        {
            TFrom* tile = stackalloc TFrom[Ranges.Tile];
            TileReader<TFrom>.Start(out TileReader<TFrom> reader, x, axes, start);
            for (long at = start; at < end;)
            {
                long count = reader.Suggest(Math.Min(Ranges.Tile, end - at));
                Conversion.Run(reader.Next(tile, count), y + at, count);
                at += count;
            }
        }
    }
}
