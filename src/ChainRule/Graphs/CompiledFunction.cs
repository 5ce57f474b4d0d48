using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>A function that was recorded once for each set of shapes and types and is replayed from then on; made by <see cref="Compile"/>.</summary>
/// <remarks>
/// The results have the bits of the function itself. The first call runs the function; the next two replays are compared with it,
/// operation by operation, and a difference throws. Tensors that the function closes over are read anew at each call; other variables
/// are not: they keep the value that they had at the recording. Calls from several threads wait for each other.
/// </remarks>
public sealed class CompiledFunction
{
    private readonly Func<Tensor[], Tensor[]> _function;
    private readonly CompiledProgram _program;
    private readonly Lock _lock = new();
    private int _resultCount = -1;

    internal CompiledFunction(Func<Tensor[], Tensor[]> function)
    {
        _function = function;
        _program = new CompiledProgram(function);
    }

    /// <summary>The graph of the latest call.</summary>
    /// <exception cref="CompileException">There was no call yet.</exception>
    public Graph Graph => _program.Latest.Graph;

    /// <summary>How often the function was recorded: once for each set of shapes and types, and again where values decided how it goes on.</summary>
    public int Recordings => _program.Recordings;

    /// <summary>Calls the function; the result is a new tensor without a history.</summary>
    /// <exception cref="CompileException">The function cannot be compiled, the argument is tracked, or the function has several results.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Run(Tensor input) => Run(new ReadOnlySpan<Tensor>(in input));

    /// <inheritdoc cref="Run(Tensor)"/>
    public Tensor Run(params ReadOnlySpan<Tensor> inputs)
    {
        if (Recording.Current is not null) return One(_function(inputs.ToArray()));
        CompiledProgram.Check(inputs);
        lock (_lock)
        {
            if (!_program.TryFind(inputs)) return One(Recorded(inputs));
            if (_resultCount != 1) throw Several();
            Tensor result = PlannedMemory.Fresh(_program.Latest.Results[0].Value.Spec);
            return _program.Replay(inputs, new ReadOnlySpan<Tensor>(in result), mayWriteEarly: true) is { } recorded ? One(Detached(recorded)) : result;
        }
    }

    /// <summary>Calls a function of several results; they are new tensors without a history.</summary>
    /// <exception cref="CompileException">The function cannot be compiled, or the argument is tracked.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor[] RunAll(Tensor input) => RunAll(new ReadOnlySpan<Tensor>(in input));

    /// <inheritdoc cref="RunAll(Tensor)"/>
    public Tensor[] RunAll(params ReadOnlySpan<Tensor> inputs)
    {
        if (Recording.Current is not null) return _function(inputs.ToArray());
        CompiledProgram.Check(inputs);
        lock (_lock)
        {
            if (!_program.TryFind(inputs)) return Recorded(inputs);
            Tensor[] results = Array.ConvertAll(_program.Latest.Results, slot => PlannedMemory.Fresh(slot.Value.Spec));
            return _program.Replay(inputs, results, mayWriteEarly: true) is { } recorded ? Detached(recorded) : results;
        }
    }

    /// <summary>Calls the function and writes its results into tensors of their shapes and types; allocates nothing once it has been recorded and checked.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <param name="results">One tensor for each result; one may also be an argument.</param>
    /// <exception cref="CompileException">The function cannot be compiled, or an argument is tracked.</exception>
    /// <exception cref="ShapeException">A tensor does not fit its result.</exception>
    public void RunInto(ReadOnlySpan<Tensor> inputs, params ReadOnlySpan<Tensor> results)
    {
        Recording.Current?.Refuse(nameof(RunInto), "Use Run there.");
        CompiledProgram.Check(inputs);
        lock (_lock)
        {
            if (!_program.TryFind(inputs))
            {
                Deliver(Recorded(inputs), results);
                return;
            }
            RequireFit(results);
            if (_program.Replay(inputs, results, mayWriteEarly: !Overlap(inputs, results)) is { } recorded)
                Deliver(Detached(recorded), results);
            foreach (Tensor result in results)
                PlannedMemory.MarkChanged(result);
        }
    }

    /// <summary>Compares a replay with the function itself, after each kernel and at the end; throws at the first bit that differs.</summary>
    /// <exception cref="CompileException">There is a difference; the message names the node.</exception>
    public void Check(params ReadOnlySpan<Tensor> inputs)
    {
        CompiledProgram.Check(inputs);
        lock (_lock)
        {
            if (!_program.TryFind(inputs))
                Recorded(inputs);
            _program.Check(inputs, Array.ConvertAll(_program.Latest.Results, slot => PlannedMemory.Fresh(slot.Value.Spec)));
        }
    }

    /// <summary>What the latest graph became: which operations run together and why others do not, the memory, and what each kernel takes.</summary>
    /// <remarks>The kernels are measured by this call, for a third of a second or longer, on made-up arguments; nothing outside changes.</remarks>
    public string Explain()
    {
        lock (_lock)
            return Explanation.Of(_program);
    }

    private static Tensor[] Detached(Tensor[] results) => Array.ConvertAll(results, result => result.Record is null ? result : result.Alias());

    private static CompileException Several() => new("Run: the compiled function has several results, or none. Call RunAll.");

    private Tensor[] Recorded(ReadOnlySpan<Tensor> inputs)
    {
        Tensor[] results = Detached(_program.Record(inputs));
        _resultCount = results.Length;
        return results;
    }

    private static Tensor One(Tensor[] results) => results.Length == 1 ? results[0] : throw Several();

    private void Deliver(Tensor[] computed, ReadOnlySpan<Tensor> results)
    {
        RequireFit(results);
        for (int i = 0; i < computed.Length; i++)
            PlannedMemory.Bring(computed[i], results[i]);
    }

    private void RequireFit(ReadOnlySpan<Tensor> results)
    {
        ResultSlot[] slots = _program.Latest.Results;
        if (results.Length != slots.Length)
            throw new ShapeException($"RunInto: the function has {slots.Length} results, but {results.Length} tensors were given for them.");
        for (int i = 0; i < slots.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(results[i], nameof(results));
            if (!slots[i].Fits(results[i]))
                throw new ShapeException($"RunInto: result {i} is {slots[i].Value.DType.Lower()}{slots[i].Value.Shape}, but the tensor for it is {results[i].DType.Lower()}{results[i].Shape}.");
            if (results[i].RepeatsElements || (results[i].IsTracked && Interpreter.IsRecording))
                throw new InPlaceException($"RunInto: the tensor for result {i} is tracked, or several of its elements share one place in memory. Give one that can be overwritten.");
        }
    }

    // Whether something that the plan reads lies in the memory of a target.
    private bool Overlap(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            // What may move, as all that is small, is written at the end anyway.
            if (!PlannedMemory.IsStable(results[i])) continue;
            foreach (Tensor input in inputs)
            {
                if (ReferenceEquals(input.MemoryOwner, results[i].MemoryOwner)) return true;
            }
            for (int j = 0; j < i; j++)
            {
                if (ReferenceEquals(results[j].MemoryOwner, results[i].MemoryOwner)) return true;
            }
            if (_program.Latest.Memory.IsPinned(results[i])) return true;
        }
        return false;
    }
}
