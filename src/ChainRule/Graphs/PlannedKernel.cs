namespace ChainRule;

/// <summary>A piece of work of a plan: computes some nodes from others, in memory that is decided.</summary>
/// <param name="nodes">The nodes that it computes, in their order.</param>
internal abstract class PlannedKernel(int[] nodes)
{
    /// <summary>The nodes that it computes, in their order.</summary>
    public int[] Nodes => nodes;

    /// <summary>What it took at best in the replays that were measured, in microseconds.</summary>
    public double Cost { get; set; } = double.PositiveInfinity;

    /// <summary>Does the work. Allocates nothing, unless the operation does.</summary>
    public abstract void Run();

    /// <summary>Looks where memory is that has moved.</summary>
    public virtual void Bind()
    {
    }
}
