namespace ChainRule.Nn;

/// <summary>Which count of connections an initialisation keeps the size of signals for.</summary>
public enum FanMode
{
    /// <summary>The inputs of a neuron: signals keep their size on the way forward.</summary>
    Inputs,

    /// <summary>The outputs that a neuron feeds: gradients keep their size on the way back.</summary>
    Outputs,
}
