namespace ChainRule;

/// <summary>What a node of a graph is.</summary>
public enum GraphNodeKind
{
    /// <summary>An argument: another tensor at each replay.</summary>
    Input,

    /// <summary>A value that something outside keeps and exchanges, such as a running mean.</summary>
    State,

    /// <summary>A tensor from outside, such as a parameter, whose memory is read anew at each replay.</summary>
    Captured,

    /// <summary>A tensor that the function makes alike each time.</summary>
    Constant,

    /// <summary>Random numbers, drawn anew at each replay.</summary>
    Draw,

    /// <summary>The memory of another node in another layout.</summary>
    View,

    /// <summary>A check of values, which throws or has the function recorded anew.</summary>
    Guard,

    /// <summary>The result of an operation.</summary>
    Operation,
}
