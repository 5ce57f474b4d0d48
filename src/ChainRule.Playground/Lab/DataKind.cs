namespace ChainRule.Playground.Lab;

/// <summary>The set of points.</summary>
public enum DataKind
{
    Xor, Circle, Clouds, Gauss, Moons, Spiral, Spiral3, Own,
}
