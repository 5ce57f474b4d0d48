namespace ChainRule;

/// <summary>Nodes that are computed together: a fused group, or a single operation.</summary>
internal sealed class PlanUnit(bool isFused)
{
    /// <summary>Whether it is a group of elementwise operations.</summary>
    public bool IsFused => isFused;

    /// <summary>The nodes, operands before users.</summary>
    public List<int> Members { get; } = [];

    /// <summary>Its place in the order of execution.</summary>
    public int Position { get; set; } = -1;

    /// <summary>How many units still have to come before it, while the order is found.</summary>
    public int Waiting { get; set; }

    /// <summary>The units that read what this one computes.</summary>
    public HashSet<PlanUnit> Readers { get; } = [];
}
