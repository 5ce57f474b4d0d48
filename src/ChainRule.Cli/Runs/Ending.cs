namespace ChainRule.Cli.Runs;

/// <summary>Why a run ended.</summary>
internal enum Ending
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>A signal asked for it.</summary>
    Interrupted,

    /// <summary>The loss was no longer a number.</summary>
    Diverged,
}
