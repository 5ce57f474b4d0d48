namespace ChainRule;

/// <summary>Where a plan leaves a result: straight where it is wanted, or in a place of its own from which it is copied.</summary>
internal sealed class ResultSlot(Tensor value, bool isDirect, PlannedKernel[] readers)
{
    private Tensor? _home;
    private bool _isAtHome;

    /// <summary>The value in the plan's own memory.</summary>
    public Tensor Value => value;

    /// <summary>Whether a tensor has the shape and type of the result.</summary>
    public bool Fits(Tensor target) => target.DType == value.DType && (ReferenceEquals(target.Shape, value.Shape) || target.Shape == value.Shape);

    /// <summary>Prepares a run that leaves the result in a tensor.</summary>
    /// <param name="target">Of the right shape and type.</param>
    /// <param name="mayWriteEarly">Whether nothing that the plan reads lies in the target's memory.</param>
    public void Bind(Tensor target, bool mayWriteEarly)
    {
        if (!isDirect) return;
        if (mayWriteEarly && target.IsContiguous && PlannedMemory.IsStable(target))
        {
            _isAtHome = false;
            Look(target);
            // Taken for the checked replays; whoever gives a place of his own now mostly goes on so.
            _home = null;
            return;
        }
        if (_isAtHome) return;
        _isAtHome = true;
        Look(_home ??= PlannedMemory.Stable(value.Spec));
    }

    /// <summary>Brings the result to the tensor, if it is not there yet.</summary>
    public void Deliver(Tensor target)
    {
        if (_isAtHome || !isDirect)
            PlannedMemory.Bring(value, target);
    }

    private void Look(Tensor place)
    {
        if (!PlannedMemory.MoveTo(value, place)) return;
        foreach (PlannedKernel reader in readers)
            reader.Bind();
    }
}
