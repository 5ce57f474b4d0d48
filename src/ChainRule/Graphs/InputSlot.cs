namespace ChainRule;

/// <summary>Where a plan reads an argument: in the argument's own memory, or in a copy if it is small, moves, or lies in another order.</summary>
internal sealed class InputSlot(Tensor window, PlannedKernel[] readers)
{
    private Tensor? _home;
    private bool _isAtHome;

    /// <summary>What the plan's kernels read.</summary>
    public Tensor Window => window;

    /// <summary>Lets the plan read a tensor of the right shape and type, which must stay alive until it has run.</summary>
    public void Bind(Tensor x)
    {
        if (x.IsContiguous && PlannedMemory.IsStable(x))
        {
            _isAtHome = false;
            Look(x);
            return;
        }
        _home ??= PlannedMemory.Stable(window.Spec);
        PlannedMemory.CopyInto(x, _home);
        if (_isAtHome) return;
        _isAtHome = true;
        Look(_home);
    }

    private void Look(Tensor place)
    {
        if (!PlannedMemory.MoveTo(window, place)) return;
        foreach (PlannedKernel reader in readers)
            reader.Bind();
    }
}
