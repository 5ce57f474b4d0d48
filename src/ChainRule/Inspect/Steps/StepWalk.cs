namespace ChainRule.Inspect;

/// <summary>A cursor that walks a <see cref="StepRecording"/> both ways: <c>while (walk.Next()) Console.WriteLine(walk.Event);</c></summary>
public sealed class StepWalk
{
    private readonly StepRecording _recording;

    internal StepWalk(StepRecording recording) => _recording = recording;

    /// <summary>How many events have happened; 0 at the beginning.</summary>
    public int Position { get; private set; }

    /// <summary>The event that led here; null at the beginning.</summary>
    public StepEvent? Event => Position == 0 ? null : _recording.Events[Position - 1];

    /// <summary>All tensors as they are here.</summary>
    public StepState State => _recording.StateAt(Position);

    /// <summary>Goes one event on.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Next() => Move(1);

    /// <summary>Takes one event back.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Back() => Move(-1);

    /// <summary>Goes to the place after so many events.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public void GoTo(int position) => Position = Bounds.Place(position, _recording.Count + 1, nameof(StepWalk), nameof(position));

    private bool Move(int by)
    {
        int next = Position + by;
        if (next < 0 || next > _recording.Count) return false;
        Position = next;
        return true;
    }
}
