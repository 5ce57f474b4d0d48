namespace ChainRule.Inspect;

/// <summary>What a node of a <see cref="GraphView"/> stands for.</summary>
public enum GraphViewNodeKind
{
    /// <summary>An argument of the function.</summary>
    Input,

    /// <summary>A leaf that gradients are for.</summary>
    Parameter,

    /// <summary>Any other tensor from outside.</summary>
    Constant,

    /// <summary>The result of an operation.</summary>
    Operation,

    /// <summary>All operations of a module, drawn as one; see <see cref="GraphView.Collapse"/>.</summary>
    Module,

    /// <summary>Operations that are repeated alike, drawn once; see <see cref="GraphView.Fold"/>.</summary>
    Repeat,
}
