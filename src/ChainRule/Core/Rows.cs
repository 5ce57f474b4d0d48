using System.Numerics;

namespace ChainRule;

/// <summary>Slices of one axis of contiguous memory, [outer, size, inner], moved by positions.</summary>
internal static unsafe class Rows
{
    /// <summary>How many slices lie before an axis, in it, and how many elements one has.</summary>
    public static (long Outer, long Size, long Inner) Around(Shape shape, int axis)
    {
        long outer = 1, inner = 1;
        foreach (long size in shape.Sizes[..axis])
            outer *= size;
        foreach (long size in shape.Sizes[(axis + 1)..])
            inner *= size;
        return (outer, shape.Sizes[axis], inner);
    }

    public static void Take<T>(T* x, long outer, long size, long inner, long* positions, long count, T* y) where T : unmanaged
    {
        for (long o = 0; o < outer; o++, x += size * inner)
        {
            for (long j = 0; j < count; j++, y += inner)
                Buffer.MemoryCopy(x + Place(positions[j], size, "Take", j) * inner, y, inner * sizeof(T), inner * sizeof(T));
        }
    }

    /// <summary>Overwrites rows of a contiguous table in place: table[positions[j], ..] = values[j, ..].</summary>
    public static void Put(Tensor values, Tensor positions, Tensor table)
    {
        (_, long size, long inner) = Around(table.Shape, 0);
        long bytes = inner * table.DType.Size(), count = positions.ElementCount;
        fixed (byte* source = &values.Start, places = &positions.Start, target = &table.Start)
        {
            for (long j = 0; j < count; j++)
                Buffer.MemoryCopy(source + j * bytes, target + Place(((long*)places)[j], size, "Put", j) * bytes, bytes, bytes);
        }
        table.Storage.MarkChanged();
        GC.KeepAlive(values);
        GC.KeepAlive(positions);
        GC.KeepAlive(table);
    }

    public static void AddAt<T>(T* x, long outer, long size, long inner, long* positions, long count, T* y, string operation) where T : unmanaged, INumber<T>
    {
        for (long o = 0; o < outer; o++, y += size * inner)
        {
            for (long j = 0; j < count; j++, x += inner)
            {
                T* row = y + Place(positions[j], size, operation, j) * inner;
                for (long i = 0; i < inner; i++)
                    row[i] += x[i];
            }
        }
    }

    /// <summary>A position counted from the start, checked.</summary>
    public static long Place(long position, long size, string operation, long at)
    {
        long place = position < 0 ? position + size : position;
        if ((ulong)place >= (ulong)size)
            throw new ShapeException($"{operation}: position {position}, number {at} of its tensor, is outside an axis of size {size}.");
        return place;
    }
    /// <summary>Refuses a position outside the axis; none counts from the end.</summary>
    public static void RequirePlaces(long* positions, long count, long size, string operation)
    {
        for (long i = 0; i < count; i++)
        {
            if ((ulong)positions[i] >= (ulong)size)
                throw new ShapeException($"{operation}: position {positions[i]}, number {i} of its tensor, is outside an axis of size {size}.");
        }
    }
}
