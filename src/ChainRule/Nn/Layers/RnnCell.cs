namespace ChainRule.Nn;

/// <summary>One step of a plain recurrent network: h' = tanh(W·x + a + U·h + b).</summary>
/// <inheritdoc cref="RecurrentCell" path="/remarks"/>
public sealed class RnnCell : RecurrentCell
{
    private readonly Nonlinearity _nonlinearity;

    /// <summary>Makes a cell whose weights and biases are equally likely anywhere between -1/√hidden and 1/√hidden.</summary>
    /// <param name="inputs">Numbers that go in.</param>
    /// <param name="hidden">Numbers of the state.</param>
    /// <param name="bias">Whether there are a and b.</param>
    /// <param name="nonlinearity">The function of the step.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public RnnCell(int inputs, int hidden, bool bias = true, Nonlinearity nonlinearity = Nonlinearity.Tanh, RandomKey? key = null, DType dtype = DType.Float32)
        : base(inputs, hidden, 1, bias, key, dtype)
    {
        if (nonlinearity is not (Nonlinearity.Tanh or Nonlinearity.Relu))
            throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, $"RnnCell: {nonlinearity} is no {nameof(Nonlinearity)}.");
        _nonlinearity = nonlinearity;
    }

    private protected override string Kind => _nonlinearity == Nonlinearity.Relu ? ", relu" : "";

    /// <summary>The next state from a state of 0.</summary>
    public override Tensor Forward(Tensor x) => Next(x, null);

    /// <summary>The next state.</summary>
    /// <param name="x">The input.</param>
    /// <param name="hidden">The state before; zeros if null.</param>
    public Tensor Forward(Tensor x, Tensor? hidden) => Applied(x, Next(x, hidden));

    private Tensor Next(Tensor x, Tensor? hidden) =>
        Told(AsSequence(x, (nameof(hidden), hidden)).Rnn(WeightIh, WeightHh, BiasIh, BiasHh, hidden, nonlinearity: _nonlinearity).Hidden);
}
