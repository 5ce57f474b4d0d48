using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

internal static partial class BadLayerCalls
{
    private static Tensor Sequences => Tensor.Zeros([5, 2, 3]); // [time, batch, inputs]

    private static IEnumerable<BadCall> RecurrentLayers =>
    [
        .. Layers("Rnn", (inputs, hidden, layers, dropout, dtype) => new Rnn(inputs, hidden, layers, dropout: dropout, dtype: dtype), (x, hidden, lengths) => new Rnn(3, 4).Forward(x, hidden, lengths)),
        .. Layers("Gru", (inputs, hidden, layers, dropout, dtype) => new Gru(inputs, hidden, layers, dropout: dropout, dtype: dtype), (x, hidden, lengths) => new Gru(3, 4).Forward(x, hidden, lengths)),
        .. Layers("Lstm", (inputs, hidden, layers, dropout, dtype) => new Lstm(inputs, hidden, layers, dropout: dropout, dtype: dtype), (x, hidden, lengths) => new Lstm(3, 4).Forward(x, hidden, null, lengths)),
        .. Refused<ShapeException>("Lstm.Forward", ["Lstm(3, 4)", "cell", "[2, 4]", "[1, 2, 4]"], () => new Lstm(3, 4).Forward(Sequences, null, Tensor.Zeros([2, 4]))),
        .. Refused<ShapeException>("Gru", ["2^63"], () => new Gru(int.MaxValue, int.MaxValue)),
        .. Refused<ShapeException>("Lstm", ["2^63"], () => new Lstm(int.MaxValue, int.MaxValue, layers: int.MaxValue, bidirectional: true)),
        .. Cells("RnnCell", (inputs, hidden, dtype) => new RnnCell(inputs, hidden, dtype: dtype), (x, hidden) => new RnnCell(3, 4).Forward(x, hidden)),
        .. Cells("GruCell", (inputs, hidden, dtype) => new GruCell(inputs, hidden, dtype: dtype), (x, hidden) => new GruCell(3, 4).Forward(x, hidden)),
        .. Cells("LstmCell", (inputs, hidden, dtype) => new LstmCell(inputs, hidden, dtype: dtype), (x, hidden) => new LstmCell(3, 4).Forward(x, hidden, null)),
        .. Refused<ShapeException>("LstmCell.Forward", ["LstmCell(3, 4)", "cell", "[4]", "[2, 4]"], () => new LstmCell(3, 4).Forward(Tensor.Zeros([2, 3]), null, Tensor.Zeros([4]))),
        .. Refused<ArgumentOutOfRangeException>("Rnn", ["Rnn: ", "Nonlinearity"], () => new Rnn(3, 4, nonlinearity: (Nonlinearity)7), () => new Rnn(3, 4, nonlinearity: (Nonlinearity)(-1))),
        .. Refused<ArgumentOutOfRangeException>("RnnCell", ["RnnCell: ", "Nonlinearity"], () => new RnnCell(3, 4, nonlinearity: (Nonlinearity)7)),
    ];

    private static IEnumerable<BadCall> Layers(string layer, Func<int, int, int, double, DType, Module> make, Func<Tensor, Tensor?, Tensor?, object?> run) =>
    [
        .. Numbers(layer, "inputs", inputs => make(inputs, 4, 1, 0, DType.Float32), 0, -1),
        .. Numbers(layer, "hidden", hidden => make(3, hidden, 1, 0, DType.Float32), 0, int.MinValue),
        .. Numbers(layer, "layers", layers => make(3, 4, layers, 0, DType.Float32), 0, -1),
        .. Shares(layer, "dropout", dropout => make(3, 4, 1, dropout, DType.Float32), -0.1, 1.1, double.NaN),
        .. Types(layer, dtype => make(3, 4, 1, 0, dtype)),
        .. Inputs(layer, $"{layer}(3, 4)", () => make(3, 4, 1, 0, DType.Float32), 1f, Vector, Series, Image),
        .. Refused<DTypeException>($"{layer}.Forward", [$"{layer}(3, 4)", "float64", "float32"], () => run(Sequences.To(DType.Float64), null, null)),
        .. Refused<DTypeException>($"{layer}.Forward", [$"{layer}(3, 4)", "int64", "float32"], () => run(Sequences.To(DType.Int64), null, null)),
        .. Refused<ShapeException>($"{layer}.Forward", [$"{layer}(3, 4)", "hidden", "[2, 4]", "[1, 2, 4]"], () => run(Sequences, Tensor.Zeros([2, 4]), null)),
        .. Refused<ShapeException>($"{layer}.Forward", [layer, "lengths", "[3]"], () => run(Sequences, null, Tensor.From([1, 2, 3]))),
        .. Refused<DTypeException>($"{layer}.Forward", [layer, "lengths", "float32"], () => run(Sequences, null, Tensor.Ones([2]))),
        .. Refused<ArgumentOutOfRangeException>($"{layer}.Forward", [layer, "length"], () => run(Sequences, null, Tensor.From([1, 6])), () => run(Sequences, null, Tensor.From([-1, 2]))),
    ];

    private static IEnumerable<BadCall> Cells(string cell, Func<int, int, DType, Module> make, Func<Tensor, Tensor?, object?> run) =>
    [
        .. Numbers(cell, "inputs", inputs => make(inputs, 4, DType.Float32), 0, -1),
        .. Numbers(cell, "hidden", hidden => make(3, hidden, DType.Float32), 0, int.MinValue),
        .. Types(cell, dtype => make(3, 4, dtype)),
        .. Inputs(cell, $"{cell}(3, 4)", () => make(3, 4, DType.Float32), 1f, Tensor.Zeros([4]), Sequences),
        .. Refused<DTypeException>($"{cell}.Forward", [$"{cell}(3, 4)", "float64", "float32"], () => run(Tensor.Zeros([3], DType.Float64), null)),
        .. Refused<ShapeException>($"{cell}.Forward", [$"{cell}(3, 4)", "hidden", "[2, 4]", "[4]"], () => run(Vector, Tensor.Zeros([2, 4]))),
    ];
}
