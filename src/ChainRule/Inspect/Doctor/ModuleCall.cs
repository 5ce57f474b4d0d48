using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>One call of a module during the forward pass of a step that is looked at.</summary>
internal sealed record ModuleCall(string Path, Module Module, Tensor Input, Tensor Output)
{
    /// <summary>dL/dOutput, once it has come by.</summary>
    public Tensor? Gradient { get; set; }
}
