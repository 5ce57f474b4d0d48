namespace ChainRule.Nn;

/// <summary>One step of gated recurrent units, see <see cref="Tensor.Gru"/>.</summary>
/// <inheritdoc cref="RecurrentCell" path="/remarks"/>
public sealed class GruCell : RecurrentCell
{
    /// <summary>Makes a cell whose weights and biases are equally likely anywhere between -1/√hidden and 1/√hidden.</summary>
    /// <param name="inputs">Numbers that go in.</param>
    /// <param name="hidden">Numbers of the state.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public GruCell(int inputs, int hidden, bool bias = true, RandomKey? key = null, DType dtype = DType.Float32)
        : base(inputs, hidden, 3, bias, key, dtype)
    {
    }

    /// <inheritdoc cref="RnnCell.Forward(Tensor)"/>
    public override Tensor Forward(Tensor x) => Next(x, null);

    /// <inheritdoc cref="RnnCell.Forward(Tensor, Tensor?)"/>
    public Tensor Forward(Tensor x, Tensor? hidden) => Applied(x, Next(x, hidden));

    private Tensor Next(Tensor x, Tensor? hidden) =>
        Told(AsSequence(x, (nameof(hidden), hidden)).Gru(WeightIh, WeightHh, BiasIh, BiasHh, hidden).Hidden);
}
