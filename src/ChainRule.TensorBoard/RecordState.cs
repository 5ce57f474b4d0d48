namespace ChainRule.TensorBoard;

/// <summary>What was found where a record should be.</summary>
internal enum RecordState
{
    /// <summary>A record.</summary>
    Whole,

    /// <summary>Nothing more.</summary>
    End,

    /// <summary>The beginning of a record.</summary>
    Torn,
}
