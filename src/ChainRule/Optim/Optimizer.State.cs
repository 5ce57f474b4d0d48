using ChainRule.Nn;

namespace ChainRule.Optim;

public abstract partial class Optimizer
{
    private const string RateKey = "learning_rate", StepsKey = "steps", MemoriesKey = "memories", NumbersKey = "numbers";

    // More memories than any optimizer has; a file could ask for any number.
    private const int MostMemories = 16;

    /// <summary>What the next steps depend on, besides parameters and gradients.</summary>
    internal OptimizerState State()
    {
        Dictionary<string, string> notes = Expected();
        notes[RateKey] = OptimizerState.Text(LearningRate);
        notes[StepsKey] = OptimizerState.Text(_steps);
        foreach ((int g, ParameterGroup group) in _groups.Index())
        {
            notes[$"group.{g}.{RateKey}"] = OptimizerState.Text(group.Own.LearningRate);
            notes[$"group.{g}.weight_decay"] = OptimizerState.Text(group.Own.WeightDecay);
        }
        var tensors = new Dictionary<string, Tensor>
        {
            [StepsKey] = Tensor.From(_slots.Select(slot => slot.Steps).ToArray()),
            [MemoriesKey] = Tensor.From(_slots.Select(slot => (long)slot.Memories.Count).ToArray()),
            [NumbersKey] = Tensor.From(_slots.Select(slot => slot.Number ?? double.NaN).ToArray()),
        };
        foreach ((int i, Slot slot) in _slots.Index())
        {
            foreach ((int which, Tensor memory) in slot.Memories.Index())
                tensors[MemoryName(i, which)] = memory;
        }
        return new OptimizerState(notes, tensors);
    }

    /// <summary>Goes on from a state, or changes nothing if something in it does not fit.</summary>
    /// <returns>All that does not fit.</returns>
    internal IReadOnlyList<string> Restore(OptimizerState state)
    {
        List<string> problems = state.Differences(Expected());
        if (problems.Count > 0) return problems;
        double? rate = state.Number(RateKey, problems), steps = state.Number(StepsKey, problems);
        (double?, double?)[] own = [.. _groups.Select((_, g) => (state.NumberOrNone($"group.{g}.{RateKey}", problems), state.NumberOrNone($"group.{g}.weight_decay", problems)))];
        var restored = _slots.ConvertAll(slot => new Slot(slot.Group));
        problems.AddRange(RestoreSlots(restored, state.Tensors));
        if (problems.Count > 0) return problems;
        (LearningRate, _steps) = (rate!.Value, (int)Math.Min(steps!.Value, int.MaxValue - 1));
        for (int g = 0; g < own.Length; g++)
            _groups[g].Own = own[g];
        _slots.Clear();
        _slots.AddRange(restored);
        return problems;
    }

    private static string MemoryName(int parameter, int which) => $"{parameter}.memory.{which}";

    private List<string> RestoreSlots(List<Slot> slots, IReadOnlyDictionary<string, Tensor> tensors)
    {
        Shape count = [slots.Count];
        List<StatePart> parts =
        [
            new(StepsKey, count, DType.Int64, values => Each(values.ToArray<long>(), (slot, steps) => slot.Steps = steps)),
            new(MemoriesKey, count, DType.Int64, static _ => { }),
            new(NumbersKey, count, DType.Float64, values => Each(values.ToArray<double>(), (slot, number) => slot.Number = double.IsNaN(number) ? null : number)),
        ];
        List<string> problems = [.. parts.Select(part => part.Problem(tensors.GetValueOrDefault(part.Name))).OfType<string>()];
        if (problems.Count > 0) return problems;
        long[] memories = tensors[MemoriesKey].ToArray<long>();
        if (Array.Exists(memories, number => number is < 0 or > MostMemories) || Array.Exists(tensors[StepsKey].ToArray<long>(), number => number < 0))
            return [$"{StepsKey} or {MemoriesKey} holds numbers that no optimizer counts"];
        for (int i = 0; i < slots.Count; i++)
        {
            Slot slot = slots[i];
            for (int which = 0; which < memories[i]; which++)
                parts.Add(new(MemoryName(i, which), _parameters[i].Shape, _parameters[i].DType, slot.Memories.Add));
        }
        return StatePart.Give(parts, tensors);

        void Each<T>(T[] values, Action<Slot, T> set)
        {
            for (int i = 0; i < values.Length; i++)
                set(slots[i], values[i]);
        }
    }

    // What another optimizer must have in common to go on from the state of this one.
    private Dictionary<string, string> Expected()
    {
        Dictionary<string, string> notes = OptimizerState.Settings(GetType().Name, this, GetType().GetProperties());
        foreach ((int g, ParameterGroup group) in _groups.Index())
            notes[$"group.{g}"] = string.Join(", ", group.Parameters.Select(parameter => $"{parameter.DType.Lower()}{parameter.Shape}"));
        notes["groups"] = OptimizerState.Text(_groups.Count);
        return notes;
    }
}
