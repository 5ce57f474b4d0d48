namespace ChainRule.Inspect;

/// <summary>All tensors of a <see cref="StepRecording"/> after a number of events. Immutable.</summary>
public sealed class StepState
{
    private readonly StepRecording _recording;
    private readonly StepVersion?[] _versions;

    internal StepState(StepRecording recording, int position, StepVersion?[] versions) =>
        (_recording, Position, _versions) = (recording, position, versions);

    /// <summary>How many events have happened; 0 for the beginning.</summary>
    public int Position { get; }

    /// <summary>The numbers of a tensor to look at; null if it is not there yet.</summary>
    /// <param name="tensor">Its place in <see cref="StepRecording.Tensors"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    public GraphValue? this[int tensor] => Version(tensor)?.Shown;

    /// <summary>A copy of a tensor, to the last bit; null if it is not there yet.</summary>
    /// <param name="tensor">Its place in <see cref="StepRecording.Tensors"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    public Tensor? ToTensor(int tensor) => Version(tensor)?.ToTensor(_recording.Tensors[tensor]);

    /// <summary>Whether each tensor has the same bytes, or is missing, in both.</summary>
    public bool SameBytesAs(StepState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._versions.Length != _versions.Length) return false;
        for (int i = 0; i < _versions.Length; i++)
        {
            if ((_versions[i], other._versions[i]) is not ((null, null) or ({ } _, { } _))) return false;
            if (_versions[i] is { } mine && !mine.Bytes.AsSpan().SequenceEqual(other._versions[i]!.Bytes)) return false;
        }
        return true;
    }

    private StepVersion? Version(int tensor) => _versions[Bounds.Place(tensor, _versions.Length, nameof(StepState), nameof(tensor))];
}
