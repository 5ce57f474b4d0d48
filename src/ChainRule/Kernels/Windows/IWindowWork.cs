namespace ChainRule.Kernels;

/// <summary>What is done with each window of each plane.</summary>
internal interface IWindowWork
{
    /// <summary>Does one window; <paramref name="window"/> counts from the first of all planes.</summary>
    void Invoke(long window, in WindowRegion region);
}
