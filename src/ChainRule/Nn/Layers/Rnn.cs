namespace ChainRule.Nn;

/// <summary>Plain recurrent layers, h[t] = tanh(W·x[t] + a + U·h[t-1] + b), see <see cref="Tensor.Rnn"/>.</summary>
/// <inheritdoc cref="Recurrent" path="/remarks"/>
public sealed class Rnn : Recurrent
{
    private readonly Nonlinearity _nonlinearity;

    /// <summary>Makes layers whose weights and biases are equally likely anywhere between -1/√hidden and 1/√hidden.</summary>
    /// <param name="inputs">Numbers that go in at each step.</param>
    /// <param name="hidden">Numbers of a state.</param>
    /// <param name="layers">Layers one above the other, each of which gets the outputs of the one below.</param>
    /// <param name="nonlinearity">The function of each step.</param>
    /// <param name="bias">Whether there are a and b.</param>
    /// <param name="batchFirst">Whether inputs and outputs are [batch, time, ...] and not [time, batch, ...].</param>
    /// <param name="dropout">The probability with which, while training, an output is dropped on its way to the next layer.</param>
    /// <param name="bidirectional">Whether each layer also runs backwards; its output is that of both directions side by side.</param>
    /// <param name="key">Draws the initial values and the dropout; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public Rnn(int inputs, int hidden, int layers = 1, Nonlinearity nonlinearity = Nonlinearity.Tanh, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false, RandomKey? key = null, DType dtype = DType.Float32)
        : base(inputs, hidden, 1, layers, bias, batchFirst, dropout, bidirectional, key, dtype)
    {
        if (nonlinearity is not (Nonlinearity.Tanh or Nonlinearity.Relu))
            throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, $"Rnn: {nonlinearity} is no {nameof(Nonlinearity)}.");
        _nonlinearity = nonlinearity;
    }

    private protected override string Kind => _nonlinearity == Nonlinearity.Relu ? ", relu" : "";

    /// <summary>The outputs of the last layer for all steps, from states of 0.</summary>
    public override Tensor Forward(Tensor x) => RunAll(x, [("hidden", null)], null).Output;

    /// <summary>The outputs of the last layer for all steps, and the last states of all layers.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="hidden">The states before the first step; zeros if null.</param>
    /// <param name="lengths">int32 or int64 [batch]: how many steps each sequence has; all if null. Each gives what it gives alone, and then outputs of 0.</param>
    public (Tensor Output, Tensor Hidden) Forward(Tensor x, Tensor? hidden, Tensor? lengths = null)
    {
        (Tensor output, Tensor[] states) = RunAll(x, [(nameof(hidden), hidden)], lengths);
        return (Applied(x, output), states[0]);
    }

    private protected override (Tensor Output, Tensor[] States) Run(Tensor x, RecurrentParameters weights, Tensor?[] states, Tensor? lengths, bool reverse)
    {
        (Tensor output, Tensor hidden) = x.Rnn(weights.WeightIh, weights.WeightHh, weights.BiasIh, weights.BiasHh, states[0], lengths, BatchFirst, reverse, _nonlinearity);
        return (output, [hidden]);
    }
}
