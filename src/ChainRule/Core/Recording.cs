namespace ChainRule;

/// <summary>What is being recorded into a graph on this thread, as far as those below the recorder must tell it or ask it.</summary>
internal abstract class Recording
{
    [ThreadStatic]
    private static Recording? _current;

    /// <summary>The recording of this thread, or null.</summary>
    public static Recording? Current => _current;

    /// <summary>Stops recording inside a scope: what runs there belongs to no graph.</summary>
    public static Scope Pause() => new(null, null);

    /// <summary>Reads something of a tensor's values that the graph may depend on: a replay reads it again, and if it differs the function is recorded anew.</summary>
    public static T Inspect<T>(Tensor x, Func<Tensor, T> read)
    {
        Tensor values = x.Bare;
        if (_current is not { } recording) return read(values);
        T found;
        using (Pause())
            found = read(values.Alias());
        recording.Guarded(values, again => EqualityComparer<T>.Default.Equals(read(again), found));
        return found;
    }

    /// <summary>Refuses to give values of a tensor away that differ from replay to replay.</summary>
    public abstract void RequireReadable(Tensor x, string operation);

    /// <summary>Refuses a change in place that a replay would not make.</summary>
    public abstract void RequireChangeable(Tensor x, string operation);

    /// <summary>Refuses what cannot be part of a graph at all.</summary>
    public abstract void Refuse(string operation, string advice);

    /// <summary>Random numbers were drawn into a tensor.</summary>
    public abstract void Drew(Tensor y, RandomKey key, Action<RandomKey, Tensor> fill);

    /// <summary>A key was derived from another, and how; <paramref name="isDrawn"/> if each replay gives another one.</summary>
    public abstract void Derived(RandomKey key, RandomKey from, bool isDrawn, Func<RandomKey, RandomKey> derive);

    /// <summary>The present value of something outside was taken.</summary>
    public abstract void Read(IRecordedState state, Tensor value);

    /// <summary>Something outside was given a new value.</summary>
    public abstract void Wrote(IRecordedState state, Tensor value);

    /// <summary>Something outside of tensors decided how the function goes on: a replay is right only where it is still so.</summary>
    public abstract void DependsOn(object owner, Func<bool> isAsBefore);

    /// <summary>A backward pass has left a gradient on a leaf.</summary>
    public abstract void LeftGradient(Tensor leaf);

    /// <summary>Makes this the recording of the thread inside a scope; who watched before goes on watching.</summary>
    protected Scope Begin(Action<Op, Operands, Tensor> witness) => new(this, Interpreter.Witness + witness);

    /// <summary>What a tensor's values said must be said again.</summary>
    protected abstract void Guarded(Tensor x, Func<Tensor, bool> isAsBefore);

    /// <summary>Goes back to what was recorded before.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly Recording? _outer;
        private readonly Action<Op, Operands, Tensor>? _outerWitness;

        public Scope(Recording? recording, Action<Op, Operands, Tensor>? witness)
        {
            (_outer, _outerWitness) = (_current, Interpreter.Witness);
            (_current, Interpreter.Witness) = (recording, witness);
        }

        public void Dispose() => (_current, Interpreter.Witness) = (_outer, _outerWitness);
    }
}
