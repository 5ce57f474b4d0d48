namespace ChainRule.Playground.Lab;

/// <summary>How far one click on a step goes, forth or back.</summary>
public enum Unit { Batch, Layer, Operation }
