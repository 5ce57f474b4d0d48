namespace ChainRule;

/// <summary>Values say something else than when the function was recorded: it has to be recorded anew. Never leaves the compiler.</summary>
internal sealed class StaleGraphException : Exception;
