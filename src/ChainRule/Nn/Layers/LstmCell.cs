namespace ChainRule.Nn;

/// <summary>One step of long short-term memory, see <see cref="Tensor.Lstm"/>.</summary>
/// <inheritdoc cref="RecurrentCell" path="/remarks"/>
public sealed class LstmCell : RecurrentCell
{
    /// <summary>Makes a cell whose weights and biases are equally likely anywhere between -1/√hidden and 1/√hidden.</summary>
    /// <inheritdoc cref="GruCell(int, int, bool, RandomKey?, DType)" path="/param"/>
    public LstmCell(int inputs, int hidden, bool bias = true, RandomKey? key = null, DType dtype = DType.Float32)
        : base(inputs, hidden, 4, bias, key, dtype)
    {
    }

    /// <summary>The next state from a state and a memory of 0.</summary>
    public override Tensor Forward(Tensor x) => Next(x, null, null).Hidden;

    /// <summary>The next state and memory.</summary>
    /// <param name="x">The input.</param>
    /// <param name="hidden">The state before; zeros if null.</param>
    /// <param name="cell">The memory before; zeros if null.</param>
    public (Tensor Hidden, Tensor Cell) Forward(Tensor x, Tensor? hidden, Tensor? cell)
    {
        (Tensor nextHidden, Tensor nextCell) = Next(x, hidden, cell);
        return (Applied(x, nextHidden), nextCell);
    }

    private (Tensor Hidden, Tensor Cell) Next(Tensor x, Tensor? hidden, Tensor? cell)
    {
        (_, Tensor nextHidden, Tensor nextCell) = AsSequence(x, (nameof(hidden), hidden), (nameof(cell), cell)).Lstm(WeightIh, WeightHh, BiasIh, BiasHh, hidden, cell);
        return (Told(nextHidden), nextCell);
    }
}
