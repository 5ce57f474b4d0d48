using ChainRule.Nn;

namespace ChainRule.Optim;

public sealed partial class Lbfgs
{
    /// <summary>The leaves that are adjusted.</summary>
    internal IReadOnlyList<Tensor> Parameters => _flat.Parameters;

    /// <summary>What the next steps depend on, besides the parameters.</summary>
    internal OptimizerState State()
    {
        int count = _history.Count, size = _flat.Count, known = _direction is null ? 0 : size;
        return new(Expected(), new Dictionary<string, Tensor>
        {
            ["numbers"] = Tensor.From([_lastLength, _scale, _iterations]),
            ["direction"] = Tensor.From(_direction ?? [], [known]),
            ["gradient"] = Tensor.From(_lastGradient ?? [], [known]),
            ["steps"] = Tensor.From(_history.SelectMany(entry => entry.Step).ToArray(), [count, size]),
            ["changes"] = Tensor.From(_history.SelectMany(entry => entry.Change).ToArray(), [count, size]),
            ["inverses"] = Tensor.From(_history.Select(entry => entry.Inverse).ToArray()),
        });
    }

    /// <summary>Goes on from a state, or changes nothing if something in it does not fit.</summary>
    /// <returns>All that does not fit.</returns>
    internal IReadOnlyList<string> Restore(OptimizerState state)
    {
        List<string> problems = state.Differences(Expected());
        if (problems.Count > 0) return problems;
        int size = _flat.Count;
        long count = Math.Min(state.Tensors.GetValueOrDefault("inverses") is { Rank: 1 } inverses ? inverses.Shape[0] : 0, History);
        long known = state.Tensors.GetValueOrDefault("direction") is { Rank: 1 } direction && direction.Shape[0] == 0 ? 0 : size;
        var taken = new Dictionary<string, double[]>();
        StatePart Part(string name, Shape shape) => new(name, shape, DType.Float64, values => taken[name] = values.ToArray<double>());
        problems = StatePart.Give(
            [Part("numbers", [3]), Part("direction", [known]), Part("gradient", [known]), Part("steps", [count, size]), Part("changes", [count, size]), Part("inverses", [count])],
            state.Tensors);
        if (problems.Count > 0) return problems;
        (_lastLength, _scale, _iterations) = (taken["numbers"][0], taken["numbers"][1], (long)taken["numbers"][2]);
        (_direction, _lastGradient) = known == 0 ? (null, null) : (taken["direction"], taken["gradient"]);
        _history.Clear();
        for (int i = 0; i < count; i++)
            _history.Add((taken["steps"].AsSpan(i * size, size).ToArray(), taken["changes"].AsSpan(i * size, size).ToArray(), taken["inverses"][i]));
        return problems;
    }

    private Dictionary<string, string> Expected()
    {
        Dictionary<string, string> notes = OptimizerState.Settings(nameof(Lbfgs), this, typeof(Lbfgs).GetProperties());
        notes["parameters"] = _flat.ToString();
        return notes;
    }
}
