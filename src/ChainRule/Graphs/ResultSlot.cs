namespace ChainRule;

/// <summary>Where a plan leaves a result: straight where it is wanted, or in a place of its own from which it is copied.</summary>
internal sealed class ResultSlot(Tensor value, bool isDirect, PlannedKernel[] readers)
{
    private Tensor? _home;
    private bool _isPlaced;

    /// <summary>The value in the plan's own memory.</summary>
    public Tensor Value => value;

    /// <summary>Prepares a run that leaves the result in a tensor.</summary>
    /// <param name="target">Of the right shape and type.</param>
    /// <param name="mayWriteEarly">Whether nothing that the plan reads lies in the target's memory.</param>
    public void Bind(Tensor target, bool mayWriteEarly)
    {
        if (!isDirect) return;
        bool isStraight = mayWriteEarly && target.IsContiguous && PlannedMemory.IsStable(target);
        Look(isStraight ? target : _home ??= PlannedMemory.Stable(value.Spec));
    }

    /// <summary>Brings the result to the tensor, if it is not there yet.</summary>
    public void Deliver(Tensor target)
    {
        if (!isDirect || !PlannedMemory.IsAt(value, target))
            PlannedMemory.Bring(value, target);
    }

    private void Look(Tensor place)
    {
        if (!PlannedMemory.MoveTo(value, place) && _isPlaced) return;
        _isPlaced = true;
        foreach (PlannedKernel reader in readers)
            reader.Bind();
    }
}
