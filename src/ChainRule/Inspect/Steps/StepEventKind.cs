namespace ChainRule.Inspect;

/// <summary>What happened in one event of a <see cref="StepRecording"/>.</summary>
public enum StepEventKind
{
    /// <summary>An operation computed its result.</summary>
    Forward,

    /// <summary>The memory of a value was written in place between two operations.</summary>
    Overwrite,

    /// <summary>The backward pass began: the gradient of the result by itself.</summary>
    Seed,

    /// <summary>An upstream gradient times a local derivative is the first contribution to the gradient of a value.</summary>
    Backward,

    /// <summary>A further contribution was added to those that had arrived.</summary>
    Accumulate,

    /// <summary>A hook put another gradient in place of the sum.</summary>
    Hook,

    /// <summary>The gradient of a leaf was left in its <see cref="Tensor.Grad"/>.</summary>
    Keep,

    /// <summary>The optimizer changed a parameter, and what it remembers of it.</summary>
    Update,
}
