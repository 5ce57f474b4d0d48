namespace ChainRule.Cli;

/// <summary>Something the user can mend: shown as one line, with the exit code of misuse.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
