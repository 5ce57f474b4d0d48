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
}
