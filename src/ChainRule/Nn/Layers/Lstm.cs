namespace ChainRule.Nn;

/// <summary>Layers of long short-term memory, see <see cref="Tensor.Lstm"/>.</summary>
/// <inheritdoc cref="Recurrent" path="/remarks"/>
public sealed class Lstm : Recurrent
{
    /// <summary>Makes layers whose weights and biases are equally likely anywhere between -1/√hidden and 1/√hidden.</summary>
    /// <inheritdoc cref="Gru(int, int, int, bool, bool, double, bool, RandomKey?, DType)" path="/param"/>
    public Lstm(int inputs, int hidden, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false, RandomKey? key = null, DType dtype = DType.Float32)
        : base(inputs, hidden, 4, layers, bias, batchFirst, dropout, bidirectional, key, dtype)
    {
    }

    /// <inheritdoc cref="Rnn.Forward(Tensor)"/>
    public override Tensor Forward(Tensor x) => RunAll(x, [("hidden", null), ("cell", null)], null).Output;

    /// <summary>The outputs of the last layer for all steps, and the last states and memories of all layers.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="hidden">The states before the first step; zeros if null.</param>
    /// <param name="cell">The memories before the first step; zeros if null.</param>
    /// <param name="lengths">int32 or int64 [batch]: how many steps each sequence has; all if null. Each gives what it gives alone, and then outputs of 0.</param>
    public (Tensor Output, Tensor Hidden, Tensor Cell) Forward(Tensor x, Tensor? hidden, Tensor? cell, Tensor? lengths = null)
    {
        (Tensor output, Tensor[] states) = RunAll(x, [(nameof(hidden), hidden), (nameof(cell), cell)], lengths);
        return (Applied(x, output), states[0], states[1]);
    }

    private protected override (Tensor Output, Tensor[] States) Run(Tensor x, RecurrentParameters weights, Tensor?[] states, Tensor? lengths, bool reverse)
    {
        (Tensor output, Tensor hidden, Tensor cell) = x.Lstm(weights.WeightIh, weights.WeightHh, weights.BiasIh, weights.BiasHh, states[0], states[1], lengths, BatchFirst, reverse);
        return (output, [hidden, cell]);
    }
}
