using System.Runtime.InteropServices;

namespace ChainRule.Cli;

/// <summary>How the tool ends.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Done = 0;

    /// <summary>It was asked rightly and could not: a check that does not hold, a loss that is no number, a disk that is full.</summary>
    public const int Failed = 1;

    /// <summary>It was asked wrongly: an option, a file that is not there or not what it should be.</summary>
    public const int Misused = 2;

    /// <summary>A signal ended it before its time, cleanly: 128 and the signal's number, as shells do.</summary>
    public static int Of(PosixSignal signal) => 128 + signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGTERM => 15,
        _ => 2,
    };
}
