using static ChainRule.Tests.Laws.SpecialFunctions;

namespace ChainRule.Tests.Laws;

/// <summary>Recurrent networks number by number, from their definitions: one sequence after the other, each only as far as it goes.</summary>
/// <param name="Gates">Rows of the weights for each number of the state.</param>
/// <param name="Step">The next (h, c) of one place from the sums of x and of h for each gate, and the last (h, c) there.</param>
internal sealed record RecurrentReference(int Gates, Func<double[], double[], (double H, double C), (double H, double C)> Step)
{
    public static RecurrentReference Tanh { get; } = new(1, (x, h, _) => (Math.Tanh(x[0] + h[0]), 0));

    public static RecurrentReference Relu { get; } = new(1, (x, h, _) => (Math.Max(x[0] + h[0], 0), 0));

    public static RecurrentReference Lstm { get; } = new(4, (x, h, last) =>
    {
        double c = Sigmoid(x[1] + h[1]) * last.C + Sigmoid(x[0] + h[0]) * Math.Tanh(x[2] + h[2]);
        return (Sigmoid(x[3] + h[3]) * Math.Tanh(c), c);
    });

    public static RecurrentReference Gru { get; } = new(3, (x, h, last) =>
    {
        double reset = Sigmoid(x[0] + h[0]), update = Sigmoid(x[1] + h[1]);
        double candidate = Math.Tanh(x[2] + reset * h[2]);
        return ((1 - update) * candidate + update * last.H, 0);
    });

    /// <summary>All h, [time, batch, hidden], then the last h and c, [batch, hidden], as one row of numbers.</summary>
    public Grid Run(Grid x, Grid weightIh, Grid weightHh, Grid? biasIh = null, Grid? biasHh = null, Grid? hidden = null, Grid? cell = null, Grid? lengths = null, bool reverse = false, bool withCell = false)
    {
        long time = x.Sizes[0], batch = x.Sizes[1], size = weightHh.Sizes[1];
        Grid output = Grid.Of([time, batch, size], _ => 0), last = Grid.Of([batch, size], _ => 0), cells = Grid.Of([batch, size], _ => 0);
        for (long n = 0; n < batch; n++)
        {
            (double H, double C)[] state = [.. Enumerable.Range(0, (int)size).Select(j => (hidden?[n, j] ?? 0, cell?[n, j] ?? 0))];
            long steps = lengths is null ? time : (long)lengths[n];
            for (long i = 0; i < steps; i++)
            {
                long t = reverse ? steps - 1 - i : i;
                (double H, double C)[] before = state;
                state = [.. before.Select((own, j) => Step(
                    Sums(j, size, weightIh, biasIh, k => x[t, n, k]),
                    Sums(j, size, weightHh, biasHh, k => before[k].H), own))];
                for (long j = 0; j < size; j++)
                    output.Add([t, n, j], state[j].H);
            }
            for (long j = 0; j < size; j++)
            {
                last.Add([n, j], state[j].H);
                cells.Add([n, j], state[j].C);
            }
        }
        double[] all = [.. output.Values, .. last.Values, .. withCell ? cells.Values : []];
        return new([all.Length], all);
    }

    private double[] Sums(long place, long size, Grid weight, Grid? bias, Func<long, double> input) =>
        [.. Enumerable.Range(0, Gates).Select(gate =>
        {
            double sum = bias?[gate * size + place] ?? 0;
            for (long k = 0; k < weight.Sizes[1]; k++)
                sum += weight[gate * size + place, k] * input(k);
            return sum;
        })];
}
