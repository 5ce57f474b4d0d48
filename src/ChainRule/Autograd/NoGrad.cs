namespace ChainRule;

/// <summary>Switches recording off on this thread until the scope ends: <c>using (new NoGrad()) { ... }</c></summary>
/// <remarks>Nothing native is behind it; a forgotten scope would only leave recording off. Scopes nest.</remarks>
public readonly ref struct NoGrad : IDisposable
{
    private readonly bool _wasRecording;

    /// <summary>Switches recording off.</summary>
    public NoGrad()
    {
        _wasRecording = Interpreter.IsRecording;
        Interpreter.IsRecording = false;
    }

    /// <summary>Restores what was before.</summary>
    public void Dispose() => Interpreter.IsRecording = _wasRecording;
}
