using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class RecurrentTests
{
    private static readonly RandomKey _key = new(5);

    public static TheoryData<string> Kinds => ["Rnn", "Lstm", "Gru"];

    [Fact]
    public void Parameters_have_the_names_and_the_order_of_PyTorch()
    {
        var model = new Sequential(new Lstm(3, 4, layers: 2, bidirectional: true));
        string[] endings = ["l0", "l0_reverse", "l1", "l1_reverse"];
        Assert.Equal(
            endings.SelectMany(ending => (string[])[$"0.weight_ih_{ending}", $"0.weight_hh_{ending}", $"0.bias_ih_{ending}", $"0.bias_hh_{ending}"]),
            model.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(
            [[16, 3], [16, 4], [16], [16], [16, 3], [16, 4], [16], [16], [16, 8], [16, 4], [16], [16], [16, 8], [16, 4], [16], [16]],
            model.Parameters().Select(parameter => parameter.Shape.ToArray()));
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], new Gru(3, 4, bias: false).NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(["weight_ih", "weight_hh", "bias_ih", "bias_hh"], new LstmCell(3, 4).NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(["weight_ih", "weight_hh"], new RnnCell(3, 4, bias: false).NamedParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void The_text_says_what_is_not_usual()
    {
        Assert.Equal("Lstm(64, 128, layers 2, bidirectional, batch first, dropout 0.1)", new Lstm(64, 128, 2, batchFirst: true, dropout: 0.1, bidirectional: true).ToString());
        Assert.Equal("Rnn(2, 3, relu, no bias)", new Rnn(2, 3, nonlinearity: Nonlinearity.Relu, bias: false).ToString());
        Assert.Equal("Gru(2, 3)", new Gru(2, 3).ToString());
        Assert.Equal("RnnCell(2, 3, relu, no bias)", new RnnCell(2, 3, false, Nonlinearity.Relu).ToString());
        Assert.Equal("LstmCell(2, 3)", new LstmCell(2, 3).ToString());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Initial_values_fill_the_interval_around_0_that_the_size_of_the_state_gives(string kind)
    {
        double[] values = [.. Made(kind, 40, 25, key: _key).Parameters().SelectMany(parameter => parameter.ToArray<double>())];
        Assert.InRange(values.Min(), -0.2, -0.19);
        Assert.InRange(values.Max(), 0.19, 0.2);
        Assert.InRange(values.Average(), -0.01, 0.01);
        // The variance of an even spread is a third of the bound's square.
        Assert.Equal(0.04 / 3, values.Average(value => value * value), 0.001);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Sequences_of_different_length_give_in_one_batch_what_each_gives_alone(string kind)
    {
        Recurrent layer = Made(kind, 3, 4, layers: 2, bidirectional: true, batchFirst: true);
        Tensor x = Tensor.Normal([4, 6, 3], _key);
        long[] lengths = [6, 2, 0, 5];
        Tensor[] together = Run(layer, x, Tensor.From(lengths));
        for (int i = 0; i < lengths.Length; i++)
        {
            Tensor[] alone = Run(layer, x[i].Slice(0, 0, lengths[i]).Unsqueeze(0), null);
            Laws.Compare.SameBits(alone[0][0], together[0][i].Slice(0, 0, lengths[i]), $"{kind}, sequence {i}");
            Assert.All(together[0][i].Slice(0, lengths[i], 6 - lengths[i]).ToArray<float>(), value => Assert.Equal(0, value));
            for (int state = 1; state < alone.Length; state++)
                Laws.Compare.SameBits(alone[state].Squeeze(1), together[state].Slice(1, i, 1).Squeeze(1), $"{kind}, state {state} of sequence {i}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_lies_behind_the_end_of_a_sequence_poisons_nothing(string kind)
    {
        Recurrent layer = Made(kind, 2, 3, layers: 2, bidirectional: true, dtype: DType.Float64);
        Tensor clean = Tensor.Normal([5, 2, 2], _key, dtype: DType.Float64), poisoned = clean.Clone();
        poisoned[3.., 1].Fill(double.NaN);
        Tensor[] expected = Gradients(layer, clean.RequiresGrad()), actual = Gradients(layer, poisoned.RequiresGrad());
        for (int i = 0; i < expected.Length; i++)
            Laws.Compare.SameBits(expected[i], actual[i], $"{kind}, gradient {i}");
        Assert.All(actual[0][3.., 1].ToArray<double>(), value => Assert.Equal(0, value));

        Tensor[] Gradients(Recurrent layer, Tensor x)
        {
            Tensor[] results = Run(layer, x, Tensor.From([5, 3]));
            Tensor sum = results.Select(result => result.Square().Sum()).Aggregate((a, b) => a + b);
            return Differentiate.Gradients(sum, [x, .. layer.Parameters()]);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_sequence_in_parts_with_the_state_between_them_is_the_whole(string kind)
    {
        Recurrent layer = Made(kind, 3, 4, layers: 2);
        Tensor x = Tensor.Normal([7, 2, 3], _key);
        Tensor[] whole = Run(layer, x, null), first = Run(layer, x[..3], null), second = Run(layer, x[3..], null, first[1..]);
        Laws.Compare.SameBits(whole[0], Tensor.Concat([first[0], second[0]]), kind);
        for (int state = 1; state < whole.Length; state++)
            Laws.Compare.SameBits(whole[state], second[state], $"{kind}, state {state}");
        Laws.Compare.SameBits(whole[0], layer.Forward(x), kind);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Without_a_batch_or_with_the_batch_first_the_numbers_are_the_same(string kind)
    {
        Recurrent timeFirst = Made(kind, 3, 4, bidirectional: true), batchFirst = Made(kind, 3, 4, bidirectional: true, batchFirst: true);
        Tensor x = Tensor.Normal([5, 2, 3], _key);
        Tensor[] expected = Run(timeFirst, x, null), swapped = Run(batchFirst, x.Transpose(0, 1), null), alone = Run(batchFirst, x[.., 1], null);
        Assert.Equal([2, 5, 8], swapped[0].Shape);
        Laws.Compare.SameBits(expected[0], swapped[0].Transpose(0, 1), kind);
        Assert.Equal([5, 8], alone[0].Shape);
        Laws.Compare.SameBits(expected[0][.., 1], alone[0], kind);
        for (int state = 1; state < alone.Length; state++)
        {
            Laws.Compare.SameBits(expected[state], swapped[state], kind);
            Laws.Compare.SameBits(expected[state][.., 1], alone[state], kind);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_cells_walk_through_a_sequence_as_the_layer_does(string kind)
    {
        Tensor x = Tensor.Normal([4, 2, 3], _key);
        Module layer = Made(kind, 3, 5);
        Module cell = kind switch { "Rnn" => new RnnCell(3, 5), "Lstm" => new LstmCell(3, 5), _ => new GruCell(3, 5) };
        using (new NoGrad())
        {
            foreach ((Tensor own, Tensor others) in cell.Parameters().Zip(layer.Parameters()))
                own.CopyFrom(others);
        }
        Tensor expected = layer.Forward(x);
        Tensor? hidden = null, memory = null;
        for (int time = 0; time < 4; time++)
        {
            if (cell is LstmCell lstm)
                (hidden, memory) = lstm.Forward(x[time], hidden, memory);
            else
                hidden = cell is RnnCell rnn ? rnn.Forward(x[time], hidden) : ((GruCell)cell).Forward(x[time], hidden);
            Laws.Compare.SameBits(expected[time], hidden, $"{kind}, step {time}");
            if (time == 0)
                Laws.Compare.SameBits(expected[0], cell.Forward(x[0]), kind);
        }
        Laws.Compare.SameBits(expected[0][1], cell.Forward(x[0][1]), kind);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Per_example_gradients_and_tangents_are_those_of_each_example(string kind)
    {
        Recurrent layer = Made(kind, 2, 3, layers: 2, bidirectional: true, dtype: DType.Float64);
        Tensor x = Tensor.Normal([3, 4, 2], _key, dtype: DType.Float64), direction = Tensor.Normal([4, 2], _key.Child(1), dtype: DType.Float64);
        Func<Tensor, Tensor> loss = sequence => layer.Forward(sequence).Square().Sum();
        Func<Tensor, Tensor> tangent = sequence => Differentiate.Jvp(v => Differentiate.Grad(loss)(v), sequence, direction).Tangent;
        Tensor gradients = Differentiate.Vmap(Differentiate.Grad(loss))(x), curvatures = Differentiate.Vmap(tangent)(x);
        for (int i = 0; i < 3; i++)
        {
            Near(Differentiate.Grad(loss)(x[i]), gradients[i]);
            Tensor expected = Differentiate.Grad(v => (Differentiate.Grad(loss)(v) * direction).Sum())(x[i]);
            Near(expected, curvatures[i]);
        }

        static void Near(Tensor expected, Tensor actual) =>
            Laws.Compare.Close(expected.ToArray<double>(), actual.ToArray<double>(), 1e-11, 1e-12, "one example");
    }

    [Fact]
    public void Dropout_between_the_layers_goes_by_the_key_and_rests_in_use()
    {
        Lstm Layer(double dropout, int seed) => new(3, 50, layers: 2, dropout: dropout, key: new RandomKey(seed));
        Tensor x = Tensor.Normal([4, 2, 3], _key);
        Lstm layer = Layer(0.5, 1), same = Layer(0.5, 1), without = Layer(0, 1);
        Tensor first = layer.Forward(x), second = layer.Forward(x);
        Laws.Compare.SameBits(first, same.Forward(x), "the same key");
        Laws.Compare.SameBits(second, same.Forward(x), "the same key again");
        Assert.NotEqual(first.ToArray<float>(), second.ToArray<float>());
        Assert.NotEqual(first.ToArray<float>(), without.Forward(x).ToArray<float>());
        layer.Eval();
        Laws.Compare.SameBits(without.Forward(x), layer.Forward(x), "in use");
        Assert.Equal(without.NamedParameters().Select(parameter => parameter.Name), layer.NamedParameters().Select(parameter => parameter.Name));
        // With probability 1 the upper layer gets nothing, so its outputs do not depend on the inputs.
        Lstm all = Layer(1, 1);
        Assert.All(Differentiate.Grad(v => all.Forward(v).Sum())(x).ToArray<float>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void No_time_gives_no_outputs_and_the_states_as_they_were()
    {
        var layer = new Gru(3, 4, layers: 2);
        Tensor before = Tensor.Normal([2, 5, 4], _key);
        (Tensor output, Tensor hidden) = layer.Forward(Tensor.Zeros([0, 5, 3]), before);
        Assert.Equal([0, 5, 4], output.Shape);
        Laws.Compare.SameBits(before, hidden, "no time");
        Assert.Equal([6, 0, 4], layer.Forward(Tensor.Zeros([6, 0, 3])).Shape);
    }

    [Fact]
    public void A_long_sequence_has_the_gradients_of_a_counter()
    {
        const int Steps = 3000;
        Tensor x = Tensor.Ones([Steps, 1], DType.Float64), input = Tensor.Ones([1, 1], DType.Float64), state = Tensor.Ones([1, 1], DType.Float64);
        Func<Tensor[], Tensor> last = v => v[0].Rnn(v[1], v[2], nonlinearity: Nonlinearity.Relu).Hidden.Sum();
        // With weights of 1 the state counts: after step t it is t + 1, and its derivative by U is the sum of all states before.
        Assert.Equal(Steps, last([x, input, state]).Item<double>());
        Tensor[] gradients = Differentiate.Grad(last)([x, input, state]);
        Assert.All(gradients[0].ToArray<double>(), value => Assert.Equal(1, value));
        Assert.Equal(Steps, gradients[1].Item<double>());
        Assert.Equal(Steps * (Steps - 1) / 2.0, gradients[2].Item<double>());
    }

    [Fact]
    public void Layers_convert_to_float64_and_back()
    {
        var layer = new Lstm(3, 4, bidirectional: true, key: _key);
        Tensor x = Tensor.Normal([5, 2, 3], _key);
        Tensor single = layer.Forward(x);
        layer.To(DType.Float64);
        Tensor twice = layer.Forward(x.To(DType.Float64));
        Assert.Equal(DType.Float64, twice.DType);
        Laws.Compare.Close(twice.ToArray<double>(), single.ToArray<double>(), 1e-5, 1e-6, "float32 against float64");
        string message = Assert.Throws<DTypeException>(() => layer.Forward(x)).Message;
        Assert.Contains("Lstm(3, 4, bidirectional): the input is float32, but the parameters are float64", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_shapes_and_settings_are_refused_by_name()
    {
        var layer = new Lstm(3, 4, batchFirst: true);
        var cell = new GruCell(3, 4);
        Tensor x = Tensor.Zeros([2, 5, 3]);
        Refused<ShapeException>(() => layer.Forward(Tensor.Zeros([2, 5, 4])), "Lstm(3, 4, batch first): the input has shape [2, 5, 4], but must be [batch, time, 3]");
        Refused<ShapeException>(() => layer.Forward(Tensor.Zeros([3])), "[3]");
        Refused<ShapeException>(() => layer.Forward(x, Tensor.Zeros([2, 4]), null), "hidden has shape [2, 4], but must be [1, 2, 4]");
        Refused<ShapeException>(() => layer.Forward(x, null, Tensor.Zeros([1, 5, 4])), "cell has shape [1, 5, 4], but must be [1, 2, 4]");
        Refused<ShapeException>(() => layer.Forward(x, null, null, Tensor.From([1, 2, 3])), "lengths has shape [3], but must be [2]");
        Refused<ArgumentOutOfRangeException>(() => layer.Forward(x, null, null, Tensor.From([1, 6])), "a length of 6");
        Refused<DTypeException>(() => layer.Forward(Tensor.Zeros([2, 5, 3], DType.Int64)), "int64");
        Refused<ShapeException>(() => cell.Forward(Tensor.Zeros([2, 4])), "GruCell(3, 4): the input has shape [2, 4], but must be [batch, 3]");
        Refused<ShapeException>(() => cell.Forward(Tensor.Zeros([2, 3]), Tensor.Zeros([4])), "hidden has shape [4], but must be [2, 4]");
        Refused<DTypeException>(() => cell.Forward(Tensor.Zeros([2, 3], DType.Float64)), "float64");
        Refused<ArgumentNullException>(() => layer.Forward(null!), "x");
        Refused<ArgumentOutOfRangeException>(() => new Rnn(0, 1), "inputs");
        Refused<ArgumentOutOfRangeException>(() => new Gru(1, 1, layers: 0), "layers");
        Refused<ArgumentOutOfRangeException>(() => new Lstm(1, 1, dropout: 1.5), "dropout");
        Refused<ArgumentOutOfRangeException>(() => new Rnn(1, 1, nonlinearity: (Nonlinearity)7), "Nonlinearity");

        static void Refused<TException>(Func<object?> call, string words) where TException : Exception =>
            Assert.Contains(words, Assert.Throws<TException>(() => call()).Message, StringComparison.Ordinal);
    }

    private static Recurrent Made(string kind, int inputs, int hidden, int layers = 1, bool batchFirst = false, bool bidirectional = false, RandomKey? key = null, DType dtype = DType.Float32) => kind switch
    {
        "Rnn" => new Rnn(inputs, hidden, layers, batchFirst: batchFirst, bidirectional: bidirectional, key: key ?? _key, dtype: dtype),
        "Lstm" => new Lstm(inputs, hidden, layers, batchFirst: batchFirst, bidirectional: bidirectional, key: key ?? _key, dtype: dtype),
        _ => new Gru(inputs, hidden, layers, batchFirst: batchFirst, bidirectional: bidirectional, key: key ?? _key, dtype: dtype),
    };

    // The output, then the last states.
    private static Tensor[] Run(Recurrent layer, Tensor x, Tensor? lengths, params Tensor[] states)
    {
        if (layer is Lstm lstm)
        {
            (Tensor output, Tensor hidden, Tensor cell) = lstm.Forward(x, states.ElementAtOrDefault(0), states.ElementAtOrDefault(1), lengths);
            return [output, hidden, cell];
        }
        (Tensor all, Tensor last) = layer is Rnn rnn ? rnn.Forward(x, states.ElementAtOrDefault(0), lengths) : ((Gru)layer).Forward(x, states.ElementAtOrDefault(0), lengths);
        return [all, last];
    }
}
