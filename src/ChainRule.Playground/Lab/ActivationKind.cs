namespace ChainRule.Playground.Lab;

/// <summary>The activation between the layers.</summary>
public enum ActivationKind
{
    Tanh, Relu, Sigmoid, LeakyRelu, Gelu, Linear,
}
