using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    // Four steps of two sequences of three numbers.
    private static Tensor Sequences => Tensor.Zeros([4, 2, 3]);

    private static IEnumerable<BadCall> Recurrent =>
    [
        .. Recurring("Rnn", 1, (x, ih, hh, a, b, h, lengths) => x.Rnn(ih, hh, a, b, h, lengths)),
        .. Refused<ArgumentOutOfRangeException>("Rnn", ["Rnn", "Nonlinearity"], () => Sequences.Rnn(Weight(1, 3), Weight(1, 5), nonlinearity: (Nonlinearity)2), () => Sequences.Rnn(None, None, nonlinearity: (Nonlinearity)(-1))),
        .. Recurring("Lstm", 4, (x, ih, hh, a, b, h, lengths) => x.Lstm(ih, hh, a, b, h, null, lengths)),
        .. Refused<ShapeException>("Lstm", ["Lstm", "cell", "[2, 5]"], () => Sequences.Lstm(Weight(4, 3), Weight(4, 5), cell: Tensor.Zeros([2, 4])), () => Sequences.Lstm(Weight(4, 3), Weight(4, 5), cell: Tensor.Zeros([5])), () => Sequences.Lstm(Weight(4, 3), Weight(4, 5), cell: Tensor.Zeros([4, 5]), batchFirst: false)),
        .. Refused<DTypeException>("Lstm", ["Lstm", "cell", "float64"], () => Sequences.Lstm(Weight(4, 3), Weight(4, 5), cell: Tensor.Zeros([2, 5], DType.Float64))),
        .. Recurring("Gru", 3, (x, ih, hh, a, b, h, lengths) => x.Gru(ih, hh, a, b, h, lengths)),
    ];

    private static IEnumerable<BadCall> Recurring(string method, int gates, Func<Tensor, Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, object> call)
    {
        Tensor ih = Weight(gates, 3), hh = Weight(gates, 5);
        object With(Tensor? x = null, Tensor? across = null, Tensor? ofInput = null, Tensor? biasIh = null, Tensor? biasHh = null, Tensor? hidden = null, Tensor? lengths = null) =>
            call(x ?? Sequences, ofInput ?? ih, across ?? hh, biasIh, biasHh, hidden, lengths);
        return
        [
            .. Null(method, () => call(Sequences, None, hh, null, null, null, null), () => call(Sequences, ih, None, null, null, null, null)),
            .. Refused<ShapeException>(method, [method, "input"], () => With(Scalar), () => With(Vector), () => With(Tensor.Zeros([1, 4, 2, 3])), () => With(Tensor.Zeros([4, 2, 2])), () => With(Tensor.Zeros([4, 2, 0]))),
            .. Refused<ShapeException>(method, [method, "weightHh", "hidden"], () => With(across: Vector), () => With(across: Scalar), () => With(across: Weight(gates, 5).T[..4]), () => With(across: Tensor.Zeros([5 * gates + 1, 5])), () => With(across: Tensor.Zeros([0, 5]))),
            .. Refused<ShapeException>(method, [method, "weightIh", $"[{5 * gates}, 3]"], () => With(ofInput: Scalar), () => With(ofInput: Weight(gates, 4)), () => With(ofInput: Tensor.Zeros([5 * gates + 1, 3])), () => With(ofInput: Tensor.Zeros([5 * gates, 3, 1]))),
            .. Refused<ShapeException>(method, [method, "biasIh", $"[{5 * gates}]"], () => With(biasIh: Scalar), () => With(biasIh: Tensor.Zeros([5 * gates - 1])), () => With(biasIh: Tensor.Zeros([1, 5 * gates]))),
            .. Refused<ShapeException>(method, [method, "biasHh", $"[{5 * gates}]"], () => With(biasHh: Scalar), () => With(biasHh: Tensor.Zeros([0]))),
            .. Refused<ShapeException>(method, [method, "hidden", "[2, 5]"], () => With(hidden: Vector), () => With(hidden: Tensor.Zeros([1, 5])), () => With(hidden: Tensor.Zeros([1, 2, 5])), () => With(hidden: Tensor.Zeros([2, 6]))),
            .. Refused<ShapeException>(method, [method, "hidden", "[5]"], () => With(Tensor.Zeros([4, 3]), hidden: Tensor.Zeros([2, 5]))),
            .. Refused<ShapeException>(method, [method, "lengths"], () => With(lengths: Integers), () => With(lengths: Tensor.From([1, 1, 1]).Unsqueeze(0)), () => With(Tensor.Zeros([4, 3]), lengths: Tensor.From([4]))),
            .. Refused<DTypeException>(method, [method, "lengths", "int32 or int64"], () => With(lengths: Tensor.Ones([2])), () => With(lengths: Tensor.From([true, true]))),
            .. Refused<ArgumentOutOfRangeException>(method, [method, "length", "4 time steps"], () => With(lengths: Tensor.From([4, 5])), () => With(lengths: Tensor.From([-1, 4])), () => With(lengths: Tensor.From([long.MinValue, long.MaxValue]))),
            .. Refused<DTypeException>(method, [method, "the input", "int32"], () => With(Tensor.Zeros([4, 2, 3], DType.Int32))),
            .. Refused<DTypeException>(method, [method, "float64"], () => With(Tensor.Zeros([4, 2, 3], DType.Float64)), () => With(across: hh.To(DType.Float64)), () => With(ofInput: ih.To(DType.Float64)), () => With(biasIh: Tensor.Zeros([5 * gates], DType.Float64)), () => With(biasHh: Tensor.Zeros([5 * gates], DType.Float64)), () => With(hidden: Tensor.Zeros([2, 5], DType.Float64))),
        ];
    }

    // The weights of five numbers of state.
    private static Tensor Weight(int gates, long columns) => Tensor.Zeros([5 * gates, columns]);
}
