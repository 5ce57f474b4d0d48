namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// A network of long short-term memory over a sequence, one layer in one direction: c[t] = σ(f)⊙c[t-1] + σ(i)⊙tanh(g) and
    /// h[t] = σ(o)⊙tanh(c[t]), where i, f, g and o are the quarters of x[t]·Wᵀ + h[t-1]·Uᵀ + b.
    /// </summary>
    /// <param name="weightIh">W, [4·hidden, inputs], the rows of i, f, g and o one below the other.</param>
    /// <param name="weightHh">U, [4·hidden, hidden], likewise.</param>
    /// <param name="biasIh">[4·hidden], or null for none; b is the sum of both.</param>
    /// <param name="biasHh">[4·hidden], or null for none.</param>
    /// <param name="hidden">h before the first step, [batch, hidden]; zeros if null.</param>
    /// <param name="cell">c before the first step, [batch, hidden]; zeros if null.</param>
    /// <param name="lengths">int32 or int64 [batch]: how many steps each sequence has; all if null.</param>
    /// <param name="batchFirst">Whether this tensor and the output are [batch, time, ...] and not [time, batch, ...].</param>
    /// <param name="reverse">Whether time runs backwards, from the last step of each sequence to the first.</param>
    /// <returns>All h, [time, batch, hidden], and the last h and c, [batch, hidden].</returns>
    /// <remarks>
    /// This tensor is [time, batch, inputs], or without a batch [time, inputs] with states [hidden]. A sequence that is over keeps its
    /// state, its further outputs are 0, and its further inputs count for nothing, not even NaN: it gives what it gives alone.
    /// Hochreiter and Schmidhuber, "Long short-term memory", 1997; Gers, Schmidhuber and Cummins, "Learning to forget", 2000.
    /// </remarks>
    /// <inheritdoc cref="Rnn" path="/exception"/>
    public (Tensor Output, Tensor Hidden, Tensor Cell) Lstm(Tensor weightIh, Tensor weightHh, Tensor? biasIh = null, Tensor? biasHh = null, Tensor? hidden = null, Tensor? cell = null, Tensor? lengths = null, bool batchFirst = false, bool reverse = false)
    {
        var weights = new RecurrentWeights(4, weightIh, weightHh, biasIh, biasHh);
        var loop = new TimeLoop(nameof(Lstm), this, weights, lengths, batchFirst, reverse);
        Tensor[] first = [loop.Initial(hidden, nameof(hidden)), loop.Initial(cell, nameof(cell))];
        if (lengths is null && loop.HasElements)
            return Whole(loop, weights, first, reverse);
        Tensor across = weightHh.T;
        (Tensor output, Tensor[] last) = loop.Run(weights.Bias, first, (input, state) =>
        {
            Tensor gates = input + state[0].MatMul(across); // [batch, 4·hidden]
            Tensor admitted = weights.Gate(gates, 0).Sigmoid() * weights.Gate(gates, 2).Tanh();
            Tensor next = weights.Gate(gates, 1).Sigmoid() * state[1] + admitted;
            return [weights.Gate(gates, 3).Sigmoid() * next.Tanh(), next];
        });
        return (output, last[0], last[1]);
    }

    // Without lengths all sequences go through time together, in one operation.
    private static (Tensor Output, Tensor Hidden, Tensor Cell) Whole(TimeLoop loop, RecurrentWeights weights, Tensor[] first, bool reverse)
    {
        Tensor inputs = loop.Project(weights.Bias);
        Tensor[] operands = [inputs, weights.Hh, first[0], first[1]];
        operands = [new LstmTraceOp(reverse).Apply(operands), .. operands];
        return loop.Parts(new LstmStatesOp(reverse).Apply(operands));
    }
}
