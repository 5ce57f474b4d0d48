namespace ChainRule;

/// <summary>A check of values that the recorded function made, too.</summary>
internal sealed class GuardKernel(int node, Func<Tensor, bool> isAsBefore, Tensor x) : PlannedKernel([node])
{
    public override bool MayRunAlone => false;

    public override void Run()
    {
        if (!isAsBefore(x))
            throw new StaleGraphException();
    }
}
