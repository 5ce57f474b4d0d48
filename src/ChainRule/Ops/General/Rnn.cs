namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// A plain recurrent network over a sequence, one layer in one direction: h[t] = tanh(x[t]·Wᵀ + h[t-1]·Uᵀ + b), where W is
    /// weightIh, U is weightHh and b the sum of the biases.
    /// </summary>
    /// <param name="weightIh">W, [hidden, inputs].</param>
    /// <param name="weightHh">U, [hidden, hidden].</param>
    /// <param name="biasIh">[hidden], or null for none.</param>
    /// <param name="biasHh">[hidden], or null for none.</param>
    /// <param name="hidden">The state before the first step, [batch, hidden]; zeros if null.</param>
    /// <param name="lengths">int32 or int64 [batch]: how many steps each sequence has; all if null.</param>
    /// <param name="batchFirst">Whether this tensor and the output are [batch, time, ...] and not [time, batch, ...].</param>
    /// <param name="reverse">Whether time runs backwards, from the last step of each sequence to the first.</param>
    /// <param name="nonlinearity">Something other than tanh; the derivative of <see cref="Nonlinearity.Relu"/> at 0 is 0.</param>
    /// <returns>All states, [time, batch, hidden], and the last, [batch, hidden].</returns>
    /// <remarks>
    /// This tensor is [time, batch, inputs], or without a batch [time, inputs] with a state [hidden]. A sequence that is over keeps its
    /// state, its further outputs are 0, and its further inputs count for nothing, not even NaN: it gives what it gives alone.
    /// Elman, "Finding structure in time", 1990.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The element types differ, or the lengths are no integers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative or more than there are steps.</exception>
    public (Tensor Output, Tensor Hidden) Rnn(Tensor weightIh, Tensor weightHh, Tensor? biasIh = null, Tensor? biasHh = null, Tensor? hidden = null, Tensor? lengths = null, bool batchFirst = false, bool reverse = false, Nonlinearity nonlinearity = Nonlinearity.Tanh)
    {
        if (nonlinearity is not (Nonlinearity.Tanh or Nonlinearity.Relu))
            throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, $"Rnn: {nonlinearity} is no {nameof(Nonlinearity)}.");
        var weights = new RecurrentWeights(1, weightIh, weightHh, biasIh, biasHh);
        var loop = new TimeLoop(nameof(Rnn), this, weights, lengths, batchFirst, reverse);
        Tensor first = loop.Initial(hidden, nameof(hidden)), across = weightHh.T;
        (Tensor output, Tensor[] last) = loop.Run(weights.Bias, [first], (input, state) =>
        {
            Tensor sum = input + state[0].MatMul(across);
            return [nonlinearity == Nonlinearity.Relu ? sum.Relu() : sum.Tanh()];
        });
        return (output, last[0]);
    }
}
