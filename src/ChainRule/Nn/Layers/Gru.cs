namespace ChainRule.Nn;

/// <summary>Layers of gated recurrent units, see <see cref="Tensor.Gru"/>.</summary>
/// <inheritdoc cref="Recurrent" path="/remarks"/>
public sealed class Gru : Recurrent
{
    /// <summary>Makes layers whose weights and biases are equally likely anywhere between -1/√hidden and 1/√hidden.</summary>
    /// <param name="inputs">Numbers that go in at each step.</param>
    /// <param name="hidden">Numbers of a state.</param>
    /// <param name="layers">Layers one above the other, each of which gets the outputs of the one below.</param>
    /// <param name="bias">Whether there are biases, beside the inputs and beside the states.</param>
    /// <param name="batchFirst">Whether inputs and outputs are [batch, time, ...] and not [time, batch, ...].</param>
    /// <param name="dropout">The probability with which, while training, an output is dropped on its way to the next layer.</param>
    /// <param name="bidirectional">Whether each layer also runs backwards; its output is that of both directions side by side.</param>
    /// <param name="key">Draws the initial values and the dropout; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public Gru(int inputs, int hidden, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false, RandomKey? key = null, DType dtype = DType.Float32)
        : base(inputs, hidden, 3, layers, bias, batchFirst, dropout, bidirectional, key, dtype)
    {
    }

    /// <inheritdoc cref="Rnn.Forward(Tensor)"/>
    public override Tensor Forward(Tensor x) => RunAll(x, [("hidden", null)], null).Output;

    /// <inheritdoc cref="Rnn.Forward(Tensor, Tensor?, Tensor?)"/>
    public (Tensor Output, Tensor Hidden) Forward(Tensor x, Tensor? hidden, Tensor? lengths = null)
    {
        (Tensor output, Tensor[] states) = RunAll(x, [(nameof(hidden), hidden)], lengths);
        return (Applied(x, output), states[0]);
    }

    private protected override (Tensor Output, Tensor[] States) Run(Tensor x, RecurrentParameters weights, Tensor?[] states, Tensor? lengths, bool reverse)
    {
        (Tensor output, Tensor hidden) = x.Gru(weights.WeightIh, weights.WeightHh, weights.BiasIh, weights.BiasHh, states[0], lengths, BatchFirst, reverse);
        return (output, [hidden]);
    }
}
