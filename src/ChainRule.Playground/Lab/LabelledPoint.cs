namespace ChainRule.Playground.Lab;

/// <summary>A point of the plane and its class, counted from 0.</summary>
public readonly record struct LabelledPoint(float X, float Y, int Label);
