namespace ChainRule.Playground.Lab;

/// <summary>Who does the update.</summary>
public enum OptimizerKind
{
    Sgd, Momentum, Nesterov, RmsProp, Adagrad, Adam, AdamW,
}
