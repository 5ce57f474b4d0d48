using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Reductions of strided memory over its trailing axes.</summary>
/// <remarks>
/// The first <c>kept</c> axes of x are kept, the others reduced in row-major order of the index; y is contiguous with the kept sizes.
/// Sums and products follow <see cref="FixedTree"/>, so their bits depend on the elements and their order alone: not on layout,
/// processor or threads. Integers wrap around. T is float, double, int or long.
/// </remarks>
internal static unsafe partial class Reduction
{
    /// <summary>y = the sum; of no element, 0.</summary>
    public static void Sum<T>(Strided<T> x, int kept, T* y) where T : unmanaged
    {
        if (x.Count == 0)
            new Span<byte>(y, checked((int)(KeptCount(x, kept) * sizeof(T)))).Clear();
        else
            Run<T, SumOf>(x, kept, y);
    }

    /// <summary>y = the product; of no element, 1.</summary>
    public static void Product<T>(Strided<T> x, int kept, T* y) where T : unmanaged
    {
        if (x.Count != 0)
        {
            Run<T, ProductOf>(x, kept, y);
            return;
        }
        for (long i = 0; i < KeptCount(x, kept); i++)
            Conversion.Store(1, y + i);
    }

    /// <summary>y = the largest; NaN if there is one; +0 is larger than -0. There must be an element.</summary>
    public static void Max<T>(Strided<T> x, int kept, T* y) where T : unmanaged => Run<T, MaxOf>(x, kept, y);

    /// <summary>y = the smallest; NaN if there is one; -0 is smaller than +0. There must be an element.</summary>
    public static void Min<T>(Strided<T> x, int kept, T* y) where T : unmanaged => Run<T, MinOf>(x, kept, y);

    private static long KeptCount<T>(Strided<T> x, int kept) where T : unmanaged =>
        new Strided<T>(x.Data, x.Sizes[..kept], default).Count;

    [SkipLocalsInit]
    private static void Run<T, TReducer>(Strided<T> x, int kept, T* y) where T : unmanaged where TReducer : struct, IReducer
    {
        if (FewElements.TryRun<T, TReducer>(x, kept, y)) return;
        Parts parts;
        Split(x, kept, &parts);
        if (parts.Results == 0 || parts.Elements == 0)
            return;
        if (parts.Elements == 1)
            Elementwise.Copy(x, new Strided<T>(y, x.Sizes, default));
        else if (parts.AreColumns)
            WidestLane.Run<T, ColumnReduction<TReducer>>(new(x.Data, &parts, y));
        else
            WidestLane.Run<T, RowReduction<TReducer>>(new(x.Data, &parts, y));
    }

    [SkipLocalsInit]
    private static void Split<T>(Strided<T> x, int kept, Parts* parts) where T : unmanaged
    {
        ReadOnlySpan<long> keptSizes = x.Sizes[..kept], sizes = x.Sizes[kept..];
        parts->Results = 1;
        parts->Elements = 1;
        foreach (long size in keptSizes)
            parts->Results *= size;
        foreach (long size in sizes)
            parts->Elements *= size;
        if (x.IsContiguous)
        {
            parts->Kept.Rank = 0;
            parts->Kept.Append(parts->Results, parts->Elements);
            MergedAxes.Merge(out parts->Reduced, sizes, default);
            return;
        }
        MergedAxes.Merge(out parts->Kept, keptSizes, x.Strides[..kept]);
        MergedAxes.Merge(out parts->Reduced, sizes, x.Strides[kept..]);
    }

    /// <summary>The axes that stay and the axes that go.</summary>
    internal struct Parts
    {
        public MergedAxes Kept;
        public MergedAxes Reduced;

        /// <summary>The number of results.</summary>
        public long Results;

        /// <summary>The number of elements behind each result.</summary>
        public long Elements;

        /// <summary>Neighbouring results lie closer together in memory than neighbouring elements of one result.</summary>
        public readonly bool AreColumns =>
            Kept.Rank > 0 && Reduced.Rank > 0 && Math.Abs(Kept.InnerStride) < Math.Abs(Reduced.InnerStride);
    }
}
