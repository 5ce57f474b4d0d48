namespace ChainRule.Autograd;

/// <summary>Decides which hooks inside a checkpoint count: each as often as without the checkpoint.</summary>
/// <remarks>
/// The first run sets those of tensors from outside, where the arguments stand for what was passed; what is made inside has no node
/// yet. Recomputations set those of what they make, and leave tensors from outside alone.
/// </remarks>
internal sealed class CheckpointRun : IDisposable
{
    [ThreadStatic]
    private static CheckpointRun? _current;

    private readonly CheckpointRun? _outer = _current;
    private readonly Tensor[] _inside, _outside;
    private readonly long _newest;

    private CheckpointRun(Tensor[] inside, Tensor[] outside, long newest)
    {
        (_inside, _outside, _newest) = (inside, outside, newest);
        _current = this;
    }

    private bool IsFirst => _newest < 0;

    /// <summary>Begins the run that is not recorded.</summary>
    /// <param name="inside">The arguments as the function gets them.</param>
    /// <param name="outside">The arguments as they were passed.</param>
    public static CheckpointRun First(Tensor[] inside, Tensor[] outside) => new(inside, outside, newest: -1);

    /// <summary>Begins a recomputation, whose arguments have been made.</summary>
    public static CheckpointRun Again() => new([], [], Node.Latest);

    /// <summary>The tensor whose node a hook belongs to; null if it belongs to another run.</summary>
    public static Tensor? Hooked(Tensor x)
    {
        for (CheckpointRun? run = _current; run is not null; run = run._outer)
        {
            if (!run.IsFirst)
                return x.Record is Node node && node.Id <= run._newest ? null : x;
            int argument = Array.FindIndex(run._inside, inside => ReferenceEquals(inside, x));
            if (argument >= 0)
                x = run._outside[argument];
            else if (x.Record is not Node)
                return null;
        }
        return x;
    }

    public void Dispose() => _current = _outer;
}
