namespace ChainRule.Inspect;

/// <summary>A part of a training step.</summary>
public enum MemoryPhase
{
    /// <summary>From the batch to the loss, or to what comes out.</summary>
    Forward,

    /// <summary>From the loss to the gradients.</summary>
    Backward,

    /// <summary>The optimizer's step.</summary>
    Update,
}
