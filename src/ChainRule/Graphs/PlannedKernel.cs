namespace ChainRule;

/// <summary>A piece of work of a plan: computes some nodes from others, in memory that is decided.</summary>
/// <param name="nodes">The nodes that it computes, in their order.</param>
internal abstract class PlannedKernel(int[] nodes)
{
    /// <summary>The nodes that it computes, in their order.</summary>
    public int[] Nodes => nodes;

    /// <summary>Whether it may be run without a call of the function, to measure it: it runs nobody else's code and judges no values.</summary>
    public virtual bool MayRunAlone => true;

    /// <summary>Does the work. Allocates nothing, unless the operation does.</summary>
    public abstract void Run();

    /// <summary>Looks where memory is that has moved.</summary>
    public virtual void Bind()
    {
    }
}
