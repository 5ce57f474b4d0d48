namespace ChainRule;

/// <summary>What stands between the elements that are known.</summary>
public enum InterpolationMode
{
    /// <summary>The nearest element towards the start.</summary>
    Nearest,

    /// <summary>The line between the neighbours on both sides, along each axis: bilinear over two axes, trilinear over three.</summary>
    Linear,
}
