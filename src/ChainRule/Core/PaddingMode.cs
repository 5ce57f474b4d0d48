namespace ChainRule;

/// <summary>What stands beyond the edge of an axis.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The elements mirrored at the edge element, which is not repeated: c b | a b c.</summary>
    Reflect,

    /// <summary>The edge element: a a | a b c.</summary>
    Replicate,

    /// <summary>The other end of the axis: b c | a b c.</summary>
    Circular,
}
