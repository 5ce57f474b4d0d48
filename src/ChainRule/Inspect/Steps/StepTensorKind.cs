namespace ChainRule.Inspect;

/// <summary>What a tensor of a <see cref="StepRecording"/> is.</summary>
public enum StepTensorKind
{
    /// <summary>The value of a node.</summary>
    Value,

    /// <summary>The gradient of the result by a node's value, as far as it has arrived.</summary>
    Gradient,

    /// <summary>What one path of the chain rule contributes to a gradient.</summary>
    Product,

    /// <summary>The <see cref="Tensor.Grad"/> of a parameter, which the optimizer reads.</summary>
    Grad,

    /// <summary>What an optimizer remembers of a parameter: momentum, or m and v of Adam.</summary>
    Memory,
}
