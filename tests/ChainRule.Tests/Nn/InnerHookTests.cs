using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

/// <summary>Hooks of modules that others call with more than an input.</summary>
public sealed class InnerHookTests
{
    private static readonly RandomKey Key = new(1);

    private static readonly Tensor Source = Tensor.Normal([3, 2, 4], Key.Child(100), dtype: DType.Float64);

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, (Module Hooked, Func<Tensor, Tensor> Run)> Cases => new()
    {
        ["a layer of an encoder"] = Of(Encoder(), encoder => encoder.Layers[1], (encoder, x) => encoder.Forward(x)),
        ["the attention of a layer of an encoder"] = Of(Encoder(), encoder => encoder.Layers[0].SelfAttn, (encoder, x) => encoder.Forward(x, null, isCausal: true)),
        ["a layer of an encoder that continues"] = Of(Encoder(), encoder => encoder.Layers[0], (encoder, x) => encoder.Continue(x, encoder.Caches())),
        ["an attention that continues"] = Of(Encoder(), encoder => encoder.Layers[0].SelfAttn, (encoder, x) => encoder.Continue(x, encoder.Caches())),
        ["a layer of a decoder"] = Of(Decoder(), decoder => decoder.Layers[1], (decoder, x) => decoder.Forward(x, Source)),
        ["the attention of a layer of a decoder"] = Of(Decoder(), decoder => decoder.Layers[0].SelfAttn, (decoder, x) => decoder.Forward(x)),
        ["the second attention of a layer of a decoder"] = Of(Decoder(), decoder => decoder.Layers[0].MultiheadAttn, (decoder, x) => decoder.Forward(x, Source)),
        ["a layer of a decoder that continues"] = Of(Decoder(), decoder => decoder.Layers[1], (decoder, x) => decoder.Continue(x, Source, decoder.Caches())),
        ["the encoder of a Transformer"] = Of(Whole(), whole => whole.Encoder, (whole, x) => whole.Forward(x)),
        ["the decoder of a Transformer"] = Of(Whole(), whole => whole.Decoder, (whole, x) => whole.Forward(x, Source)),
        ["a Transformer of two sequences"] = Of(Whole(), whole => whole, (whole, x) => whole.Forward(x, Source)),
        ["a Transformer that is applied"] = Of(Whole(), whole => whole, (whole, x) => whole.Apply(x)),
        ["an encoder that is applied"] = Of(Encoder(), encoder => encoder, (encoder, x) => encoder.Apply(x)),
        ["a decoder that is applied"] = Of(Decoder(), decoder => decoder, (decoder, x) => decoder.Apply(x)),
        ["an attention with weights"] = Of(Attention(), attention => attention, (attention, x) => attention.ForwardWithWeights(x, x, x).Output),
        ["an attention that is applied"] = Of(Attention(), attention => attention, (attention, x) => attention.Apply(x)),
        ["a turn of places"] = Of(new RotaryEncoding(4), turn => turn, (turn, x) => turn.Forward(x, 2)),
        ["a bilinear layer"] = Of(new Bilinear(4, 4, 2, Key, dtype: DType.Float64), layer => layer, (layer, x) => layer.Forward(x, Source)),
        ["an Rnn with states"] = Of(new Rnn(4, 3, key: Key, dtype: DType.Float64), rnn => rnn, (rnn, x) => rnn.Forward(x, Tensor.Zeros([1, 2, 3], DType.Float64)).Output),
        ["a Gru with lengths"] = Of(new Gru(4, 3, key: Key, dtype: DType.Float64), gru => gru, (gru, x) => gru.Forward(x, null, Tensor.From([3L, 2])).Output),
        ["an Lstm with states"] = Of(new Lstm(4, 3, key: Key, dtype: DType.Float64), lstm => lstm, (lstm, x) => lstm.Forward(x, null, null).Output),
        ["an Lstm that is applied"] = Of(new Lstm(4, 3, key: Key, dtype: DType.Float64), lstm => lstm, (lstm, x) => lstm.Apply(x)),
        ["an RnnCell"] = Of(new RnnCell(4, 3, key: Key, dtype: DType.Float64), cell => cell, (cell, x) => cell.Forward(x[0], null)),
        ["a GruCell"] = Of(new GruCell(4, 3, key: Key, dtype: DType.Float64), cell => cell, (cell, x) => cell.Forward(x[0], null)),
        ["an LstmCell"] = Of(new LstmCell(4, 3, key: Key, dtype: DType.Float64), cell => cell, (cell, x) => cell.Forward(x[0], null, null).Hidden),
        ["an LstmCell that is applied"] = Of(new LstmCell(4, 3, key: Key, dtype: DType.Float64), cell => cell, (cell, x) => cell.Apply(x[0])),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Hooks_of_both_kinds_are_called_once(string name)
    {
        (Module hooked, Func<Tensor, Tensor> run) = Cases[name];
        int forward = 0, backward = 0;
        Shape? output = null;
        hooked.OnForward((module, _, y) =>
        {
            Assert.Same(hooked, module);
            (forward, output) = (forward + 1, y.Shape);
            return null;
        });
        hooked.OnBackward((_, gradient) =>
        {
            backward++;
            Assert.Equal(output, gradient.Shape);
            return null;
        });
        run(Source.Clone().RequiresGrad()).Square().Sum().Backward();
        Assert.Equal((1, 1), (forward, backward));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_replaced_output_and_a_replaced_gradient_count(string name)
    {
        (Module hooked, Func<Tensor, Tensor> run) = Cases[name];
        Tensor x = Source.Clone().RequiresGrad(), before = run(x);
        before.Square().Sum().Backward();
        double[] gradient = x.Grad!.ToArray<double>();
        BackwardHook backward = hooked.OnBackward((_, flow) => flow * 3);
        x.Grad = null;
        run(x).Square().Sum().Backward();
        Assert.NotEqual(gradient, x.Grad!.ToArray<double>());
        backward.Remove();
        hooked.OnForward((_, _, y) => y * 3 + 1);
        Assert.NotEqual(before.ToArray<double>(), run(x).ToArray<double>());
    }

    private static (Module Hooked, Func<Tensor, Tensor> Run) Of<T>(T module, Func<T, Module> hooked, Func<T, Tensor, Tensor> run)
        where T : Module => (hooked(module), x => run(module, x));

    private static MultiheadAttention Attention() => new(4, 2, key: Key, dtype: DType.Float64);

    private static TransformerEncoder Encoder() =>
        new([.. Enumerable.Range(0, 2).Select(i => new TransformerEncoderLayer(4, 2, 8, 0, key: Key.Child(i), dtype: DType.Float64))]);

    private static TransformerDecoder Decoder() =>
        new([.. Enumerable.Range(0, 2).Select(i => new TransformerDecoderLayer(4, 2, 8, 0, key: Key.Child(i), dtype: DType.Float64))]);

    private static Transformer Whole() => new(4, 2, 1, 1, 8, 0, key: Key, dtype: DType.Float64);
}
