using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

/// <summary>Memory with a layout, which a test reads element by element in logical order.</summary>
internal sealed unsafe class View<T>(string name, T[] memory, long start, long[] sizes, long[] strides) where T : unmanaged
{
    /// <summary>Pinned, so that the pointer stays good as long as the view is alive.</summary>
    public T[] Memory { get; } = memory;

    public long[] Sizes { get; } = sizes;

    public Strided<T> Strided => new((T*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(Memory, 0) + start, Sizes, strides);

    public long Count => Sizes.Aggregate(1L, (product, size) => product * size);

    /// <summary>The place in memory of a logical index.</summary>
    public long Place(long index)
    {
        long place = start;
        long rowMajor = 1;
        for (int axis = Sizes.Length - 1; axis >= 0; axis--)
        {
            place += index % Sizes[axis] * (strides.Length == 0 ? rowMajor : strides[axis]);
            rowMajor *= Sizes[axis];
            index /= Sizes[axis];
        }
        return place;
    }

    public T[] Elements()
    {
        var elements = new T[Count];
        for (long i = 0; i < elements.Length; i++)
            elements[i] = Memory[Place(i)];
        return elements;
    }

    public override string ToString() => $"{name} [{string.Join(", ", Sizes)}]";

    public static View<T> Contiguous(long[] sizes, Func<int, T> element) => Make("contiguous", sizes, [], element);

    /// <summary>The same sizes in every kind of layout.</summary>
    public static IEnumerable<View<T>> Layouts(long[] sizes, Func<int, T> element)
    {
        long[] rowMajor = Packed(sizes, [.. Enumerable.Range(0, sizes.Length)]);
        yield return Make("contiguous", sizes, [], element);
        if (sizes.Length == 0)
            yield break;
        yield return Make("row-major", sizes, rowMajor, element);
        yield return Make("transposed", sizes, Packed(sizes, [.. Enumerable.Range(0, sizes.Length).Reverse()]), element);
        yield return Make("rotated", sizes, Packed(sizes, [.. Enumerable.Range(0, sizes.Length).Select(i => (i + 1) % sizes.Length)]), element);
        yield return Make("every second", sizes, [.. rowMajor.Select(stride => 2 * stride)], element);
        yield return Make("backwards", sizes, [.. rowMajor.Select(stride => -stride)], element);
        yield return Make("backwards inside", sizes, [.. rowMajor[..^1], -1], element);
        yield return Make("rows apart", sizes, [.. rowMajor[..^1].Select(stride => 3 * stride), 1], element);
        yield return Make("rows repeated", sizes, [0, .. rowMajor[1..]], element);
        yield return Make("columns repeated", sizes, [.. rowMajor[..^1].Select(stride => stride / Math.Max(sizes[^1], 1)), 0], element);
        yield return Make("one element", sizes, new long[sizes.Length], element);
    }

    /// <summary>The row-major strides of axes that lie in memory in another order.</summary>
    private static long[] Packed(long[] sizes, int[] order)
    {
        var strides = new long[sizes.Length];
        long stride = 1;
        foreach (int axis in order.Reverse())
        {
            strides[axis] = stride;
            stride *= Math.Max(sizes[axis], 1);
        }
        return strides;
    }

    private static View<T> Make(string name, long[] sizes, long[] strides, Func<int, T> element)
    {
        long[] steps = strides.Length == 0 ? Packed(sizes, [.. Enumerable.Range(0, sizes.Length)]) : strides;
        long low = 0, high = 0;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            long reach = Math.Max(sizes[axis] - 1, 0) * steps[axis];
            low += Math.Min(reach, 0);
            high += Math.Max(reach, 0);
        }
        T[] memory = GC.AllocateUninitializedArray<T>((int)(high - low + 1), pinned: true);
        for (int i = 0; i < memory.Length; i++)
            memory[i] = element(i);
        return new View<T>(name, memory, -low, sizes, strides);
    }
}
