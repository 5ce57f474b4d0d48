using System.Diagnostics;

namespace ChainRule;

/// <summary>A function with its plans, one for each set of shapes and types that it was called with.</summary>
internal sealed class CompiledProgram(Func<Tensor[], Tensor[]> function)
{
    /// <summary>So many plans are kept; of more, the one that was used longest ago goes.</summary>
    public const int MostPlans = 32;

    /// <summary>So many replays of each plan are compared with eager execution.</summary>
    public const int CheckedReplays = 2;

    private readonly List<Entry> _entries = [];

    /// <summary>How often the function was recorded.</summary>
    public int Recordings { get; private set; }

    /// <summary>How many plans there are.</summary>
    public int Plans => _entries.Count;

    /// <summary>The plan that was used last.</summary>
    /// <exception cref="CompileException">The function has not been called yet.</exception>
    public Plan Latest => _entries.Count > 0 ? _entries[^1].Plan : throw new CompileException("The compiled function has not been recorded yet: call Run once, since a graph belongs to the shapes of its arguments.");

    /// <summary>What recording and planning took at the last time.</summary>
    public TimeSpan RecordingTime { get; private set; }

    /// <summary>Refuses arguments through which someone wants to differentiate, and missing ones.</summary>
    public static void Check(ReadOnlySpan<Tensor> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            if (inputs[i].Record is { } record && (record.Level > 0 || Interpreter.IsRecording))
                throw new CompileException($"Run: argument {i} of shape {inputs[i].Shape} is tracked, but a compiled function is not differentiated from outside. Compile its derivative: Compile.Of(Differentiate.Grad(f)); or call it with x.Detach(), or inside using (new NoGrad()).");
        }
    }

    /// <summary>Whether there is a plan for such arguments; it becomes the latest.</summary>
    public bool TryFind(ReadOnlySpan<Tensor> inputs)
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (!_entries[i].Fits(inputs)) continue;
            if (i < _entries.Count - 1)
            {
                Entry found = _entries[i];
                _entries.RemoveAt(i);
                _entries.Add(found);
            }
            return true;
        }
        return false;
    }

    /// <summary>Forgets all plans.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>Runs the function itself and makes a plan of it.</summary>
    /// <returns>The results of the run.</returns>
    public Tensor[] Record(ReadOnlySpan<Tensor> inputs)
    {
        long start = Stopwatch.GetTimestamp();
        (Graph graph, Tensor[] results) = Recorder.Record(function, inputs.ToArray());
        Recordings++;
        if (_entries.Count == MostPlans)
            _entries.RemoveAt(0);
        _entries.Add(new Entry(Planner.Make(Rewrites.Apply(graph))));
        RecordingTime = Stopwatch.GetElapsedTime(start);
        return results;
    }

    /// <summary>Replays the latest plan.</summary>
    /// <returns>The results of a new recording if values said something else than before, which takes the place of the replay; else null.</returns>
    public Tensor[]? Replay(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> results, bool mayWriteEarly)
    {
        Entry entry = _entries[^1];
        if (entry.Checked < CheckedReplays)
            return Checked(entry, inputs, results);
        if (!entry.MayBeStale)
        {
            entry.Plan.Run(inputs, results, mayWriteEarly);
            return null;
        }
        RandomDraws? draws = entry.Plan.Graph.Keys.Length > 0 ? new() : null;
        try
        {
            if (draws is null)
            {
                entry.Plan.Run(inputs, results, mayWriteEarly);
                return null;
            }
            using (draws.Record())
                entry.Plan.Run(inputs, results, mayWriteEarly);
            return null;
        }
        catch (StaleGraphException)
        {
            return RecordedAnew(inputs, draws);
        }
    }

    /// <summary>Replays the latest plan beside eager execution and compares every bit.</summary>
    public Tensor[]? Check(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> results) => Checked(_entries[^1], inputs, results);

    private Tensor[]? Checked(Entry entry, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> results)
    {
        var draws = new RandomDraws();
        // The results may be written over the arguments.
        Tensor[] arguments = Array.ConvertAll(inputs.ToArray(), PlannedMemory.Copy);
        Tensor[] before = [.. entry.Plan.Writes.Select(write => write.State.Present)];
        try
        {
            using (draws.Record())
                entry.Plan.Run(inputs, results, mayWriteEarly: false, new PlanCheck(entry.Plan));
        }
        catch (StaleGraphException)
        {
            return RecordedAnew(inputs, draws);
        }
        CompareWithFunction(entry.Plan, arguments, results, before, draws);
        entry.Checked++;
        return null;
    }

    private Tensor[] RecordedAnew(ReadOnlySpan<Tensor> inputs, RandomDraws? draws)
    {
        _entries.RemoveAt(_entries.Count - 1);
        if (draws is null) return Record(inputs);
        using (draws.Replay())
            return Record(inputs);
    }

    // Once more by the function itself, on the same random draws and from the same states, which are set back afterwards.
    private void CompareWithFunction(Plan plan, Tensor[] arguments, ReadOnlySpan<Tensor> results, Tensor[] before, RandomDraws draws)
    {
        Tensor[] after = [.. plan.Writes.Select(write => write.State.Present)];
        for (int i = 0; i < before.Length; i++)
            plan.Writes[i].State.Present = before[i];
        Tensor[] expected;
        using (draws.Replay())
            expected = function(arguments);
        for (int i = 0; i < Math.Min(expected.Length, results.Length); i++)
            RequireEqual(expected[i], results[i], $"result {i}", plan);
        for (int i = 0; i < after.Length; i++)
        {
            RequireEqual(plan.Writes[i].State.Present, after[i], $"state {i}", plan);
            plan.Writes[i].State.Present = after[i];
        }
        if (expected.Length != results.Length)
            throw Differs($"it gives {expected.Length} results now, not {results.Length}", plan);
    }

    private static void RequireEqual(Tensor expected, Tensor actual, string what, Plan plan)
    {
        if (expected.Spec != actual.Spec)
            throw Differs($"{what} has shape {expected.Shape} now, not {actual.Shape}", plan);
        if (PlannedMemory.FirstDifference(expected.Alias(), actual) is >= 0 and long place)
            throw Differs($"{what} of shape {expected.Shape} is {PlannedMemory.ElementText(expected.Alias(), place)} now at {NonFinite.Place(expected.Shape, place)}, not {PlannedMemory.ElementText(actual, place)}", plan);
    }

    private static CompileException Differs(string how, Plan plan) =>
        new($"The compiled function gives something else than the function itself, called with the same arguments: {how}. A graph keeps what the function read outside of tensors when it was recorded: variables that have changed since, lists, files, the time. Pass such a number as a tensor argument, or compile anew after changing it.\n{plan.Graph}");

    /// <summary>A plan, and for what it is.</summary>
    private sealed class Entry(Plan plan)
    {
        private readonly TensorSpec[] _specs = [.. plan.Inputs.Select(input => input.Window.Spec)];

        public Plan Plan => plan;

        public int Checked { get; set; }

        public bool MayBeStale { get; } = plan.Graph.Nodes.Any(node => node.Kind == GraphNodeKind.Guard);

        public bool Fits(ReadOnlySpan<Tensor> inputs)
        {
            if (inputs.Length != _specs.Length) return false;
            for (int i = 0; i < inputs.Length; i++)
            {
                if (inputs[i].DType != _specs[i].DType || !(ReferenceEquals(inputs[i].Shape, _specs[i].Shape) || inputs[i].Shape == _specs[i].Shape)) return false;
            }
            foreach (Func<bool> holds in plan.Graph.Conditions)
            {
                if (!holds()) return false;
            }
            return true;
        }
    }
}
