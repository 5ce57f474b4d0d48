namespace ChainRule;

/// <summary>A fused group of elementwise operations.</summary>
internal sealed class GroupKernel(int[] nodes, ElementwiseGroup group) : PlannedKernel(nodes)
{
    public override void Run() => group.Run();

    public override void Bind() => group.Bind();
}
