namespace ChainRule;

/// <summary>The function between the steps of a plain recurrent network.</summary>
public enum Nonlinearity
{
    /// <summary>The hyperbolic tangent, which keeps a state between -1 and 1.</summary>
    Tanh,

    /// <summary>max(x, 0), under which a state can grow.</summary>
    Relu,
}
