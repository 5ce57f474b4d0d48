namespace ChainRule.Nn;

/// <summary>What one layer of a recurrent network learns in one direction, its gates one below the other.</summary>
public sealed class RecurrentParameters
{
    internal RecurrentParameters(long inputs, int hidden, int gates, bool bias, RandomKey key, DType dtype)
    {
        double bound = 1 / Math.Sqrt(hidden);
        long rows = (long)gates * hidden;
        Parameter Drawn(Shape shape, int child) => new(Tensor.Uniform(shape, key.Child(child), -bound, bound, dtype));
        WeightIh = Drawn([rows, inputs], 0);
        WeightHh = Drawn([rows, hidden], 1);
        BiasIh = bias ? Drawn([rows], 2) : null;
        BiasHh = bias ? Drawn([rows], 3) : null;
    }

    /// <summary>The weights of the inputs, [gates·hidden, inputs].</summary>
    public Parameter WeightIh { get; }

    /// <summary>The weights of the state, [gates·hidden, hidden].</summary>
    public Parameter WeightHh { get; }

    /// <summary>The biases beside the inputs, [gates·hidden], or null for none.</summary>
    public Parameter? BiasIh { get; }

    /// <summary>The biases beside the state, [gates·hidden], or null for none.</summary>
    public Parameter? BiasHh { get; }

    /// <summary>The parameters by PyTorch's names, in its order.</summary>
    internal IEnumerable<(string Name, object? Value)> Named(string ending) =>
        [($"weight_ih{ending}", WeightIh), ($"weight_hh{ending}", WeightHh), ($"bias_ih{ending}", BiasIh), ($"bias_hh{ending}", BiasHh)];
}
