namespace ChainRule.Kernels;

/// <summary>A value of a fused group: in memory, element by element or spread out before it is read, or in a tile only.</summary>
/// <param name="size">Bytes of one element.</param>
/// <param name="place">Where the elements are.</param>
internal sealed class TileValue(int size, TilePlace place)
{
    public int Size => size;

    public TilePlace Place => place;

    /// <summary>The layout of what is gathered.</summary>
    public MergedAxes Axes;

    /// <summary>For what is repeated: whether it never changes, so that one filling does for good.</summary>
    public bool IsConstant { get; init; }

    /// <summary>The first element, for all that is in memory.</summary>
    public nint Address { get; set; }

    /// <summary>Where its tile begins, for all that needs one.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>A source of this layout.</summary>
    /// <param name="size">Bytes of one element.</param>
    /// <param name="sizes">The sizes of the axes.</param>
    /// <param name="strides">Empty for row-major.</param>
    /// <param name="isConstant">Whether its elements never change.</param>
    public static TileValue Source(int size, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, bool isConstant)
    {
        MergedAxes.Merge(out MergedAxes axes, sizes, strides);
        TilePlace place = axes.IsContiguous ? TilePlace.Direct : axes is { Rank: 1, InnerStride: 0 } ? TilePlace.Repeated : TilePlace.Gathered;
        return new(size, place) { Axes = axes, IsConstant = isConstant };
    }
}
