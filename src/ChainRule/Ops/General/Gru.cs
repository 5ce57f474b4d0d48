namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// A network of gated recurrent units over a sequence, one layer in one direction: h[t] = (1 - z)⊙n + z⊙h[t-1] with
    /// r, z = σ(x[t]·Wᵀ + a + h[t-1]·Uᵀ + b) and n = tanh(x[t]·Wᵀ + a + r⊙(h[t-1]·Uᵀ + b)), each with its own third of W, U, a and b.
    /// </summary>
    /// <param name="weightIh">W, [3·hidden, inputs], the rows of r, z and n one below the other.</param>
    /// <param name="weightHh">U, [3·hidden, hidden], likewise.</param>
    /// <param name="biasIh">a, [3·hidden], or null for none.</param>
    /// <param name="biasHh">b, [3·hidden], or null for none.</param>
    /// <param name="hidden">h before the first step, [batch, hidden]; zeros if null.</param>
    /// <param name="lengths">int32 or int64 [batch]: how many steps each sequence has; all if null.</param>
    /// <param name="batchFirst">Whether this tensor and the output are [batch, time, ...] and not [time, batch, ...].</param>
    /// <param name="reverse">Whether time runs backwards, from the last step of each sequence to the first.</param>
    /// <returns>All h, [time, batch, hidden], and the last, [batch, hidden].</returns>
    /// <remarks>
    /// This tensor is [time, batch, inputs], or without a batch [time, inputs] with a state [hidden]. A sequence that is over keeps its
    /// state, its further outputs are 0, and its further inputs count for nothing, not even NaN: it gives what it gives alone.
    /// Cho and others, "Learning phrase representations using RNN encoder-decoder", 2014, with the reset behind the product.
    /// </remarks>
    /// <inheritdoc cref="Rnn" path="/exception"/>
    public (Tensor Output, Tensor Hidden) Gru(Tensor weightIh, Tensor weightHh, Tensor? biasIh = null, Tensor? biasHh = null, Tensor? hidden = null, Tensor? lengths = null, bool batchFirst = false, bool reverse = false)
    {
        var weights = new RecurrentWeights(3, weightIh, weightHh, biasIh, biasHh);
        var loop = new TimeLoop(nameof(Gru), this, weights, lengths, batchFirst, reverse);
        (Tensor output, Tensor[] last) = loop.Run(biasIh, [loop.Initial(hidden, nameof(hidden))], (input, state) =>
        {
            Tensor before = state[0], across = before.Affine(weightHh, biasHh); // [batch, 3·hidden]
            Tensor reset = (weights.Gate(input, 0) + weights.Gate(across, 0)).Sigmoid();
            Tensor update = (weights.Gate(input, 1) + weights.Gate(across, 1)).Sigmoid();
            Tensor candidate = (weights.Gate(input, 2) + reset * weights.Gate(across, 2)).Tanh();
            return [candidate + update * (before - candidate)];
        });
        return (output, last[0]);
    }
}
