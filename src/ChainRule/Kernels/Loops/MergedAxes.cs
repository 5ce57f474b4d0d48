using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>A layout with its axes of size 1 dropped and neighbours that step as one merged, the innermost axis first.</summary>
/// <remarks>Neither changes the row-major order of the elements. Most views come out with one or two axes.</remarks>
internal unsafe struct MergedAxes
{
    /// <summary>With sizes of at least 2, that many axes hold 2^48 elements.</summary>
    public const int MaxRank = 48;

    public int Rank;
    public fixed long Sizes[MaxRank];
    public fixed long Strides[MaxRank];

    /// <summary>A single element, or one axis of stride 1.</summary>
    public bool IsContiguous => Rank == 0 || (Rank == 1 && Strides[0] == 1);

    public long InnerSize => Rank == 0 ? 1 : Sizes[0];
    public long InnerStride => Rank == 0 ? 1 : Strides[0];

    /// <summary>Fills in the axes; the arrays beyond the rank are left as they are.</summary>
    /// <param name="axes">Uninitialised memory is fine.</param>
    /// <param name="sizes">None of them 0.</param>
    /// <param name="strides">Empty for row-major.</param>
    public static void Merge(out MergedAxes axes, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        Unsafe.SkipInit(out axes);
        axes.Rank = 0;
        if (strides.IsEmpty)
        {
            long count = 1;
            foreach (long size in sizes)
                count *= size;
            axes.Append(count, 1);
            return;
        }
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
            axes.Append(sizes[axis], strides[axis]);
    }

    /// <summary>Adds an axis outside the others, or lets the outermost one grow.</summary>
    public void Append(long size, long stride)
    {
        if (size == 1)
            return;
        int outer = Rank - 1;
        if (outer >= 0 && stride == Strides[outer] * Sizes[outer])
        {
            Sizes[outer] *= size;
            return;
        }
        if (Rank == MaxRank)
            throw new NotSupportedException($"A layout of more than {MaxRank} axes that cannot be merged.");
        Sizes[Rank] = size;
        Strides[Rank] = stride;
        Rank++;
    }
}
