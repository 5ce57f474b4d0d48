namespace ChainRule.Kernels;

/// <summary>Where the elements of a fused group's value are.</summary>
internal enum TilePlace
{
    /// <summary>In memory in the order of the group: read or written where they are.</summary>
    Direct,

    /// <summary>One element in memory, for all.</summary>
    Repeated,

    /// <summary>In memory in another order: brought into a tile first.</summary>
    Gathered,

    /// <summary>In a tile only.</summary>
    Tile,
}
