namespace ChainRule.Inspect;

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public enum FindingSeverity
{
    /// <summary>Training may go on, but will be worse for it.</summary>
    Warning,

    /// <summary>Training cannot succeed until this is mended.</summary>
    Critical,
}
