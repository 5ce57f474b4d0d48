using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChainRule.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>y[i] = mask[i] ? yes[i] : no[i]; a choice of bits. T is byte or a type of 4 or 8 bytes.</summary>
    [SkipLocalsInit]
    public static void Select<T>(Strided<byte> mask, Strided<T> yes, Strided<T> no, T* y) where T : unmanaged
    {
        if (sizeof(T) == 4 && typeof(T) != typeof(float))
        {
            Select(mask, yes.As<float>(), no.As<float>(), (float*)y);
            return;
        }
        if (sizeof(T) == 8 && typeof(T) != typeof(double))
        {
            Select(mask, yes.As<double>(), no.As<double>(), (double*)y);
            return;
        }
        long count = mask.Count;
        if (count == 0)
            return;
        MergedAxes.Merge(out MergedAxes maskAxes, mask.Sizes, mask.Strides);
        MergedAxes.Merge(out MergedAxes yesAxes, yes.Sizes, yes.Strides);
        MergedAxes.Merge(out MergedAxes noAxes, no.Sizes, no.Strides);
        Ranges.Run(count, new SelectWork<T>(mask.Data, &maskAxes, yes.Data, &yesAxes, no.Data, &noAxes, y));
    }

    /// <summary>The same for one contiguous tile, on this thread.</summary>
    public static void SelectOne<T>(byte* mask, void* yes, void* no, void* y, long count) where T : unmanaged
    {
        var work = new SelectLoop(mask, yes, no, y, count);
        if (sizeof(T) == 1)
            work.Bytes();
        else if (sizeof(T) == 4)
            WidestLane.Run<float, SelectLoop>(work);
        else
            WidestLane.Run<double, SelectLoop>(work);
    }

    private readonly struct SelectWork<T>(byte* mask, MergedAxes* maskAxes, T* yes, MergedAxes* yesAxes, T* no, MergedAxes* noAxes, T* y) : IRangeWork
        where T : unmanaged
    {
        [SkipLocalsInit]
        public void Invoke(long start, long end)
        {
            byte* maskTile = stackalloc byte[Ranges.Tile];
            T* tile = stackalloc T[2 * Ranges.Tile];
            TileReader<byte>.Start(out TileReader<byte> maskReader, mask, maskAxes, start);
            TileReader<T>.Start(out TileReader<T> yesReader, yes, yesAxes, start);
            TileReader<T>.Start(out TileReader<T> noReader, no, noAxes, start);
            for (long at = start; at < end;)
            {
                long count = noReader.Suggest(yesReader.Suggest(maskReader.Suggest(Math.Min(Ranges.Tile, end - at))));
                var work = new SelectLoop(maskReader.Next(maskTile, count), yesReader.Next(tile, count), noReader.Next(tile + Ranges.Tile, count), y + at, count);
                if (typeof(T) == typeof(byte))
                    work.Bytes();
                else
                    WidestLane.Run<T, SelectLoop>(work);
                at += count;
            }
        }
    }

    private readonly struct SelectLoop(byte* mask, void* yes, void* no, void* y, long count) : ILaneWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            Loop.Select<T, V>(mask, (T*)yes, (T*)no, (T*)y, count);

        public void Bytes()
        {
            byte* yesBytes = (byte*)yes, noBytes = (byte*)no, target = (byte*)y;
            long i = 0;
            for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                Vector128<byte> isNo = Vector128.Equals(Vector128.Load(mask + i), Vector128<byte>.Zero);
                Vector128.ConditionalSelect(isNo, Vector128.Load(noBytes + i), Vector128.Load(yesBytes + i)).Store(target + i);
            }
            for (; i < count; i++)
                target[i] = mask[i] != 0 ? yesBytes[i] : noBytes[i];
        }
    }
}
