namespace ChainRule.Inspect;

/// <summary>What a <see cref="GradientDoctor"/> can find, in the order in which causes come before their effects.</summary>
public enum FindingKind
{
    /// <summary>The loss, a weight or a gradient is NaN or infinite for a cause of its own, not for steps that were too large.</summary>
    NotANumber,

    /// <summary>Targets lie where the outputs cannot go, or far from where they begin.</summary>
    TargetsOutOfRange,

    /// <summary>Inputs are far from the size 1, or their columns are of very different sizes.</summary>
    UnnormalisedInputs,

    /// <summary>No gradient ever reaches a parameter.</summary>
    NoGradient,

    /// <summary>Gradients shrink on their way back until nothing is left, or activations are saturated.</summary>
    Vanishing,

    /// <summary>Units of a ReLU layer are off for all data, or on and off together, so that the error is out of reach.</summary>
    DeadUnits,

    /// <summary>Gradients are far larger than the weights that they are to change.</summary>
    Exploding,

    /// <summary>Steps jump over the valley: the loss grows or leaps about.</summary>
    LearningRateTooHigh,

    /// <summary>Steps are too small to get anywhere.</summary>
    LearningRateTooLow,

    /// <summary>Nearly all examples are of one class.</summary>
    LabelImbalance,

    /// <summary>The outputs are the same for every input.</summary>
    ConstantOutput,

    /// <summary>The loss is where guessing would leave it.</summary>
    LossAtChance,
}
