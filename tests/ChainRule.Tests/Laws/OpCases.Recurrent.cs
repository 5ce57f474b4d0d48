namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Recurrent =>
    [
        new("Rnn", null,
            new Variant(x => AsOne(x[0].Rnn(x[1], x[2], x[3], x[4], x[5])), x => RecurrentReference.Tanh.Run(x[0], x[1], x[2], x[3], x[4], x[5]),
                Unit(3, 2, 2), Unit(2, 2), Unit(2, 2), Unit(2), Unit(2), Unit(2, 2)),
            new Variant(x => AsOne(x[0].Rnn(x[1], x[2], lengths: x[3], reverse: true, nonlinearity: Nonlinearity.Relu)), x => RecurrentReference.Relu.Run(x[0], x[1], x[2], lengths: x[3], reverse: true),
                Unit(3, 2, 1), Unit(2, 1), Unit(2, 2), Operand.Positions([2], 3, 1)),
            new Variant(x => AsOne(x[0].Rnn(x[1], x[2], hidden: x[3])), x => RecurrentReference.Tanh.Run(x[0], x[1], x[2], hidden: x[3]),
                Unit(0, 2, 3), Unit(1, 3), Unit(1, 1), Unit(2, 1))),
        new("Lstm", null,
            new Variant(x => AsOne(x[0].Lstm(x[1], x[2], x[3], x[4], x[5], x[6])), x => RecurrentReference.Lstm.Run(x[0], x[1], x[2], x[3], x[4], x[5], x[6], withCell: true),
                Unit(2, 2, 1), Unit(4, 1), Unit(4, 1), Unit(4), Unit(4), Unit(2, 1), Unit(2, 1)),
            new Variant(x => AsOne(x[0].Lstm(x[1], x[2], biasHh: x[4], lengths: x[3], reverse: true)), x => RecurrentReference.Lstm.Run(x[0], x[1], x[2], biasHh: x[4], lengths: x[3], reverse: true, withCell: true),
                Unit(2, 2, 1), Unit(8, 1), Unit(8, 2), Operand.Positions([2], 1, 2), Unit(8)),
            new Variant(x => AsOne(x[0].Lstm(x[1], x[2])), x => RecurrentReference.Lstm.Run(x[0], x[1], x[2], withCell: true),
                Unit(2, 0, 3), Unit(4, 3), Unit(4, 1))),
        OpCase.Of<LstmTraceOp>(
            new Variant(x => new LstmTraceOp(false).Apply(x), x => LstmTraced(x, reverse: false), Unit(3, 2, 8), Unit(8, 2), Unit(2, 2), Unit(2, 2)),
            new Variant(x => new LstmTraceOp(true).Apply(x), x => LstmTraced(x, reverse: true), Unit(2, 1, 4), Unit(4, 1), Unit(1, 1), Unit(1, 1))),
        // The first operand is made of the others, as it always is.
        OpCase.Of<LstmStatesOp>(
            new Variant(x => States(x, false), x => LstmEnds(LstmTraced(x, reverse: false), reverse: false), Unit(3, 2, 8), Unit(8, 2), Unit(2, 2), Unit(2, 2)),
            new Variant(x => States(x, true), x => LstmEnds(LstmTraced(x, reverse: true), reverse: true), Unit(2, 1, 4), Unit(4, 1), Unit(1, 1), Unit(1, 1))),
        OpCase.Of<LstmSlopeOp>(
            new Variant(x => new LstmSlopeOp(false).Apply(x), x => LstmSloped(x, reverse: false), Unit(6, 2, 2, 1), Unit(4, 1), Unit(2, 1), Unit(2, 1), Unit(3, 2, 1)),
            new Variant(x => new LstmSlopeOp(true).Apply(x), x => LstmSloped(x, reverse: true), Unit(6, 2, 1, 1), Unit(4, 1), Unit(1, 1), Unit(1, 1), Unit(3, 1, 1))),
        new("Gru", null,
            new Variant(x => AsOne(x[0].Gru(x[1], x[2], x[3], x[4], x[5])), x => RecurrentReference.Gru.Run(x[0], x[1], x[2], x[3], x[4], x[5]),
                Unit(2, 2, 1), Unit(3, 1), Unit(3, 1), Unit(3), Unit(3), Unit(2, 1)),
            new Variant(x => AsOne(x[0].Gru(x[1], x[2], lengths: x[3], reverse: true)), x => RecurrentReference.Gru.Run(x[0], x[1], x[2], lengths: x[3], reverse: true),
                Unit(3, 2, 1), Unit(6, 1), Unit(6, 2), Operand.Positions([2], 0, 3)),
            new Variant(x => AsOne(x[0].Gru(x[1], x[2], x[3], hidden: x[4])), x => RecurrentReference.Gru.Run(x[0], x[1], x[2], x[3], hidden: x[4]),
                Unit(0, 2, 1), Unit(3, 1), Unit(3, 1), Unit(3), Unit(2, 1))),
    ];

    private static Operand Unit(params long[] sizes) => Operand.Of(Shape.Create(sizes), -1, 1);

    private static Tensor AsOne((Tensor Output, Tensor Hidden) result) => Tensor.Concat([result.Output.Flatten(), result.Hidden.Flatten()]);

    private static Tensor AsOne((Tensor Output, Tensor Hidden, Tensor Cell) result) => Tensor.Concat([result.Output.Flatten(), result.Hidden.Flatten(), result.Cell.Flatten()]);

    private static Tensor States(Tensor[] x, bool reverse)
    {
        Tensor[] operands = [new LstmTraceOp(reverse).Apply(x), .. x];
        return new LstmStatesOp(reverse).Apply(operands);
    }

    // The gates, cell and state of every step, one number after the other.
    private static Grid LstmTraced(Grid[] x, bool reverse)
    {
        (long time, long batch, long size) = (x[0].Sizes[0], x[0].Sizes[1], x[1].Sizes[1]);
        var trace = new double[6, time, batch, size];
        for (long step = 0; step < time; step++)
        {
            long at = reverse ? time - 1 - step : step, before = reverse ? at + 1 : at - 1;
            for (long n = 0; n < batch; n++)
            {
                for (long k = 0; k < size; k++)
                {
                    double Gate(long gate) => x[0][at, n, gate * size + k] + Dot((int)size, e => (step == 0 ? x[2][n, e] : trace[5, before, n, e]) * x[1][gate * size + k, e]);
                    double i = Logistic(Gate(0)), f = Logistic(Gate(1)), g = Math.Tanh(Gate(2)), o = Logistic(Gate(3));
                    double c = f * (step == 0 ? x[3][n, k] : trace[4, before, n, k]) + i * g;
                    double[] kept = [i, f, g, o, c, o * Math.Tanh(c)];
                    for (int plane = 0; plane < 6; plane++)
                        trace[plane, at, n, k] = kept[plane];
                }
            }
        }
        return new([6, time, batch, size], [.. trace.Cast<double>()]);
    }

    private static Grid LstmEnds(Grid trace, bool reverse)
    {
        (long time, long batch, long size) = (trace.Sizes[1], trace.Sizes[2], trace.Sizes[3]);
        return Grid.Of([time + 1, batch, size], i => i[0] < time ? trace[5, i[0], i[1], i[2]] : trace[4, reverse ? 0 : time - 1, i[1], i[2]]);
    }

    // Back through time, one number after the other.
    private static Grid LstmSloped(Grid[] x, bool reverse)
    {
        (Grid trace, Grid weight, Grid flow) = (x[0], x[1], x[4]);
        (long time, long batch, long size) = (trace.Sizes[1], trace.Sizes[2], trace.Sizes[3]);
        double[,,] inputs = new double[time, batch, 4 * size];
        double[,] dw = new double[4 * size, size], dh = new double[batch, size], dc = new double[batch, size];
        for (long n = 0; n < batch; n++)
        {
            for (long k = 0; k < size; k++)
                dc[n, k] = flow[time, n, k];
            for (long step = time - 1; step >= 0; step--)
            {
                long at = reverse ? time - 1 - step : step, before = reverse ? at + 1 : at - 1;
                for (long k = 0; k < size; k++)
                {
                    double i = trace[0, at, n, k], f = trace[1, at, n, k], g = trace[2, at, n, k], o = trace[3, at, n, k], tanh = Math.Tanh(trace[4, at, n, k]);
                    double h = dh[n, k] + flow[at, n, k], c = dc[n, k] + h * o * (1 - tanh * tanh);
                    inputs[at, n, k] = c * g * i * (1 - i);
                    inputs[at, n, size + k] = c * (step == 0 ? x[3][n, k] : trace[4, before, n, k]) * f * (1 - f);
                    inputs[at, n, 2 * size + k] = c * i * (1 - g * g);
                    inputs[at, n, 3 * size + k] = h * tanh * o * (1 - o);
                    dc[n, k] = c * f;
                }
                for (long e = 0; e < size; e++)
                {
                    dh[n, e] = Dot((int)(4 * size), r => inputs[at, n, r] * weight[r, e]);
                    for (long r = 0; r < 4 * size; r++)
                        dw[r, e] += inputs[at, n, r] * (step == 0 ? x[2][n, e] : trace[5, before, n, e]);
                }
            }
        }
        double[] all = [.. inputs.Cast<double>(), .. dw.Cast<double>(), .. dh.Cast<double>(), .. dc.Cast<double>()];
        return new([all.Length], all);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
