namespace ChainRule.Kernels;

/// <summary>The sizes of an attention, the same for every member of a batch.</summary>
/// <param name="Batch">Independent attentions.</param>
/// <param name="Queries">Rows of q and of the result.</param>
/// <param name="Places">Rows of k and v.</param>
/// <param name="Size">Columns of q and k.</param>
/// <param name="Width">Columns of v and of the result.</param>
/// <param name="Scale">What the scores are multiplied by.</param>
/// <param name="IsCausal">Whether query i sees only places 0 to i.</param>
internal readonly record struct AttentionSizes(long Batch, long Queries, long Places, long Size, long Width, double Scale, bool IsCausal)
{
    /// <summary>Queries that are dealt with at a time: their scores are all that is ever there of the matrix of scores.</summary>
    public const long BlockLength = 64;

    /// <summary>Blocks of queries.</summary>
    public long Blocks => (Queries + BlockLength - 1) / BlockLength;

    /// <summary>Queries of a block.</summary>
    public long Rows(long block) => Math.Min(BlockLength, Queries - block * BlockLength);

    /// <summary>How many places the queries of a block see at most; the others need not be looked at.</summary>
    public long Seen(long block) => IsCausal ? Math.Min(Places, Math.Min((block + 1) * BlockLength, Queries)) : Places;
}
