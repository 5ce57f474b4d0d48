namespace ChainRule;

/// <summary>A node that something outside is to keep.</summary>
internal readonly record struct StateWrite(IRecordedState State, int Value);
