namespace ChainRule.Kernels;

/// <summary>The elements of one window that lie inside the input, as loops over the memory of all planes.</summary>
/// <param name="Plane">Where the plane begins.</param>
/// <param name="Depth">From where to where, in elements from there, and in which steps.</param>
/// <param name="Height">The same inside each depth.</param>
/// <param name="Width">The same inside each line.</param>
/// <param name="Covered">The window's places inside the input or its padding.</param>
internal readonly record struct WindowRegion(long Plane, WindowSteps Depth, WindowSteps Height, WindowSteps Width, long Covered)
{
    /// <summary>How many elements there are.</summary>
    public long Count => Depth.Count * Height.Count * Width.Count;
}
