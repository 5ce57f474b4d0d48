namespace ChainRule;

/// <summary>Why no gradient passed an operation.</summary>
public enum GradientCutKind
{
    /// <summary><see cref="Tensor.Detach"/> was asked to let none through.</summary>
    Detach,

    /// <summary>It ran inside a <see cref="NoGrad"/> scope.</summary>
    NoGrad,

    /// <summary>It made whole numbers or truth values of its operand, which have no gradient.</summary>
    Cast,

    /// <summary>Its derivative is zero wherever it exists: a comparison, a position, a sign.</summary>
    ZeroDerivative,

    /// <summary>Its operand had lost its history, or did not require a gradient yet, when it went in.</summary>
    Untracked,
}
