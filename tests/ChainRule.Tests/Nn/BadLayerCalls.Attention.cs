using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

internal static partial class BadLayerCalls
{
    private static Tensor Sentences => Tensor.Zeros([3, 2, 8]); // [places, batch, size]

    private static MultiheadAttention Heads => new(8, 2);

    private static TransformerEncoder Encoder => new([new TransformerEncoderLayer(8, 2, 16)]);

    private static TransformerDecoder Decoder => new([new TransformerDecoderLayer(8, 2, 16)]);

    private static Transformer Whole => new(8, 2, 1, 1, 16);

    private static IEnumerable<BadCall> Attention => [.. Bilinear, .. Encodings, .. Attending, .. Encoders, .. Transformers];

    private static IEnumerable<BadCall> Bilinear =>
    [
        .. Numbers("Bilinear", "left", left => new Bilinear(left, 3, 4), 0, -1),
        .. Numbers("Bilinear", "right", right => new Bilinear(2, right, 4), 0, -1),
        .. Numbers("Bilinear", "outputs", outputs => new Bilinear(2, 3, outputs), 0, int.MinValue),
        .. Types("Bilinear", dtype => new Bilinear(2, 3, 4, dtype: dtype)),
        .. Inputs("Bilinear", "Bilinear(2, 3, 4)", () => new Bilinear(2, 3, 4), 1f, Tensor.Zeros([2]), Vector),
        .. NullArgument("Bilinear.Forward", "left", () => new Bilinear(2, 3, 4).Forward(null!, Vector)),
        .. NullArgument("Bilinear.Forward", "right", () => new Bilinear(2, 3, 4).Forward(Tensor.Zeros([2]), null!)),
        .. Refused<ShapeException>("Bilinear.Forward", ["Bilinear(2, 3, 4)", "[5]", "[6]", "do not broadcast"], () => new Bilinear(2, 3, 4).Forward(Tensor.Zeros([5, 2]), Tensor.Zeros([6, 3]))),
        .. Refused<DTypeException>("Bilinear.Forward", ["Bilinear(2, 3, 4)", "float64"], () => new Bilinear(2, 3, 4).Forward(Tensor.Zeros([2], DType.Float64), Vector), () => new Bilinear(2, 3, 4).Forward(Tensor.Zeros([2]), Tensor.Zeros([3], DType.Float64))),
    ];

    private static IEnumerable<BadCall> Encodings =>
    [
        .. Numbers("LearnedEncoding", "places", places => new LearnedEncoding(places, 8), 0, -1),
        .. Numbers("LearnedEncoding", "size", size => new LearnedEncoding(4, size), 0, int.MinValue),
        .. Shares("LearnedEncoding", "deviation", deviation => new LearnedEncoding(4, 8, deviation: deviation), -1, double.NaN, double.PositiveInfinity),
        .. Types("LearnedEncoding", dtype => new LearnedEncoding(4, 8, dtype: dtype)),
        .. Inputs("LearnedEncoding", "LearnedEncoding(2, 8)", () => new LearnedEncoding(2, 8), 1f, Tensor.Zeros([8]), Vector, Image, Sentences),
        .. Refused<DTypeException>("LearnedEncoding.Forward", ["LearnedEncoding(4, 8)", "float64"], () => new LearnedEncoding(4, 8).Forward(Sentences.To(DType.Float64))),
        .. Numbers("SinusoidalEncoding", "size", size => new SinusoidalEncoding(size), 0, int.MinValue),
        .. Shares("SinusoidalEncoding", "wavelengths", wavelengths => new SinusoidalEncoding(8, wavelengths: wavelengths), 1, -2, double.NaN, double.PositiveInfinity),
        .. Inputs("SinusoidalEncoding", "SinusoidalEncoding(8)", () => new SinusoidalEncoding(8), 1f, Tensor.Zeros([8]), Vector, Image),
        .. Refused<DTypeException>("SinusoidalEncoding.Forward", ["SinusoidalEncoding(8)", "int64[3, 2, 8]"], () => new SinusoidalEncoding(8).Forward(Sentences.To(DType.Int64))),
        .. Numbers("RotaryEncoding", "size", size => new RotaryEncoding(size), 0, -2),
        .. Refused<ArgumentException>("RotaryEncoding", ["RotaryEncoding: ", "even"], () => new RotaryEncoding(3), () => new RotaryEncoding(int.MaxValue)),
        .. Shares("RotaryEncoding", "wavelengths", wavelengths => new RotaryEncoding(8, wavelengths: wavelengths), 1, 0, double.NaN, double.PositiveInfinity),
        .. Inputs("RotaryEncoding", "RotaryEncoding(8)", () => new RotaryEncoding(8), 1f, Tensor.Zeros([8]), Series),
        .. Refused<ArgumentOutOfRangeException>("RotaryEncoding.Forward", ["RotaryEncoding: ", "start"], () => new RotaryEncoding(8).Forward(Sentences, -1), () => new RotaryEncoding(8).Forward(Sentences, long.MinValue)),
        .. Refused<DTypeException>("RotaryEncoding.Forward", ["RotaryEncoding(8)", "int32[3, 2, 8]"], () => new RotaryEncoding(8).Forward(Sentences.To(DType.Int32))),
    ];

    private static IEnumerable<BadCall> Attending =>
    [
        .. Headed("MultiheadAttention", (size, heads, dropout, rotary, dtype) => new MultiheadAttention(size, heads, dropout, rotary: rotary, dtype: dtype)),
        .. Numbers("MultiheadAttention", "keySize", size => new MultiheadAttention(8, 2, keySize: size), 0, -1),
        .. Numbers("MultiheadAttention", "valueSize", size => new MultiheadAttention(8, 2, valueSize: size), 0, -1),
        .. Refused<InsufficientMemoryException>("MultiheadAttention", ["bytes"], () => new MultiheadAttention(1 << 30, 2)),
        .. Inputs("MultiheadAttention", "MultiheadAttention(8, heads: 2)", () => Heads, Vector, Tensor.Zeros([8]), Series, Image),
        .. NullArgument("MultiheadAttention.Forward", "query", () => Heads.Forward(null!, Sentences, Sentences)),
        .. NullArgument("MultiheadAttention.Forward", "key", () => Heads.Forward(Sentences, null!, Sentences)),
        .. NullArgument("MultiheadAttention.Forward", "value", () => Heads.Forward(Sentences, Sentences, null!)),
        .. NullArgument("MultiheadAttention.Forward", "x", () => Heads.Continue(null!, new KeyValueCache())),
        .. NullArgument("MultiheadAttention.Forward", "cache", () => Heads.Continue(Sentences, null!)),
        .. Refused<ShapeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "key", "[3, 2, 5]"], () => Heads.Forward(Sentences, Tensor.Zeros([3, 2, 5]), Sentences)),
        .. Refused<ShapeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "value", "[3, 2, 5]"], () => Heads.Forward(Sentences, Sentences, Tensor.Zeros([3, 2, 5]))),
        .. Refused<ShapeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "[3, 2, 8]", "[4, 2, 8]"], () => Heads.Forward(Sentences, Sentences, Tensor.Zeros([4, 2, 8]))),
        .. Refused<ShapeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "padding mask", "[3, 2]"], () => Heads.Forward(Sentences, Sentences, Sentences, Tensor.Zeros([3, 2], DType.Bool))),
        .. Refused<ShapeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "attention mask", "[2, 3, 3]"], () => Heads.Forward(Sentences, Sentences, Sentences, null, Tensor.Zeros([2, 3, 3], DType.Bool))),
        .. Refused<DTypeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "mask", "int32"], () => Heads.Forward(Sentences, Sentences, Sentences, Tensor.Zeros([2, 3], DType.Int32))),
        .. Refused<DTypeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "value", "float64", "float32"], () => Heads.Forward(Sentences, Sentences, Sentences.To(DType.Float64))),
        .. Refused<DTypeException>("MultiheadAttention.Forward", ["MultiheadAttention(8, heads: 2)", "int64", "float32"], () => Heads.Forward(Sentences.To(DType.Int64))),
        .. Refused<ShapeException>("MultiheadAttention.Forward", ["KeyValueCache", "do not continue"], () => Continued(Heads, Sentences, Sentences[.., ..1])),
    ];

    private static IEnumerable<BadCall> Encoders =>
    [
        .. Headed("TransformerEncoderLayer", (size, heads, dropout, rotary, dtype) => new TransformerEncoderLayer(size, heads, 16, dropout, rotary: rotary, dtype: dtype)),
        .. Numbers("TransformerEncoderLayer", "feedForward", numbers => new TransformerEncoderLayer(8, 2, numbers), 0, -1),
        .. Shares("TransformerEncoderLayer", "epsilon", epsilon => new TransformerEncoderLayer(8, 2, 16, epsilon: epsilon), -1e-5, double.NaN),
        .. Inputs("TransformerEncoderLayer", "TransformerEncoderLayer(8, ", () => new TransformerEncoderLayer(8, 2, 16), Vector, Tensor.Zeros([8]), Series),
        .. Inputs("TransformerEncoderLayer", "TransformerEncoderLayer(8, ", () => new TransformerEncoderLayer(8, 2, 16, normFirst: true), Vector, Image),
        .. NullArgument("TransformerEncoderLayer.Forward", "cache", () => new TransformerEncoderLayer(8, 2, 16).Continue(Sentences, null!)),
        .. Refused<DTypeException>("TransformerEncoderLayer.Forward", ["TransformerEncoderLayer(8, ", "float64"], () => new TransformerEncoderLayer(8, 2, 16).Forward(Sentences.To(DType.Float64))),
        .. NullArgument("TransformerEncoder", "layers", () => new TransformerEncoder(null!), () => new TransformerEncoder([null!]), () => new TransformerEncoder([new TransformerEncoderLayer(8, 2, 16), null!])),
        .. Inputs("TransformerEncoder", "TransformerEncoderLayer(8, ", () => Encoder, Vector, Series),
        .. NullArgument("TransformerEncoder.Forward", "x", () => new TransformerEncoder([]).Forward(null!), () => Encoder.Continue(null!, Encoder.Caches())),
        .. NullArgument("TransformerEncoder.Forward", "caches", () => Encoder.Continue(Sentences, null!)),
        .. NullArgument("TransformerEncoder.Forward", "cache", () => Encoder.Continue(Sentences, [null!])),
        .. Refused<ArgumentException>("TransformerEncoder.Forward", ["TransformerEncoder(1 layers)", "2 caches"], () => Encoder.Continue(Sentences, [new(), new()])),
    ];

    private static IEnumerable<BadCall> Transformers =>
    [
        .. Headed("TransformerDecoderLayer", (size, heads, dropout, rotary, dtype) => new TransformerDecoderLayer(size, heads, 16, dropout, rotary: rotary, dtype: dtype)),
        .. Numbers("TransformerDecoderLayer", "feedForward", numbers => new TransformerDecoderLayer(8, 2, numbers), 0, -1),
        .. Shares("TransformerDecoderLayer", "epsilon", epsilon => new TransformerDecoderLayer(8, 2, 16, epsilon: epsilon), -1e-5, double.NaN),
        .. Inputs("TransformerDecoderLayer", "TransformerDecoderLayer(8, ", () => new TransformerDecoderLayer(8, 2, 16), Vector, Tensor.Zeros([8]), Series),
        .. NullArgument("TransformerDecoderLayer.Forward", "memory", () => new TransformerDecoderLayer(8, 2, 16).Forward(Sentences, null!)),
        .. NullArgument("TransformerDecoderLayer.Forward", "cache", () => new TransformerDecoderLayer(8, 2, 16).Continue(Sentences, Sentences, null!)),
        .. Refused<ShapeException>("TransformerDecoderLayer.Forward", ["TransformerDecoderLayer(8, ", "memory", "[3, 2, 5]"], () => new TransformerDecoderLayer(8, 2, 16).Forward(Sentences, Tensor.Zeros([3, 2, 5]))),
        .. Refused<DTypeException>("TransformerDecoderLayer.Forward", ["TransformerDecoderLayer(8, ", "memory", "float64"], () => new TransformerDecoderLayer(8, 2, 16).Forward(Sentences, Sentences.To(DType.Float64))),
        .. NullArgument("TransformerDecoder", "layers", () => new TransformerDecoder(null!), () => new TransformerDecoder([null!]), () => new TransformerDecoder([new TransformerDecoderLayer(8, 2, 16), null!])),
        .. Inputs("TransformerDecoder", "TransformerDecoderLayer(8, ", () => Decoder, Vector, Series),
        .. NullArgument("TransformerDecoder.Forward", "memory", () => Decoder.Forward(Sentences, null!), () => new TransformerDecoder([]).Forward(Sentences, null!), () => Decoder.Continue(Sentences, null!, Decoder.Caches())),
        .. NullArgument("TransformerDecoder.Forward", "caches", () => Decoder.Continue(Sentences, Sentences, null!)),
        .. NullArgument("TransformerDecoder.Forward", "cache", () => Decoder.Continue(Sentences, Sentences, [null!])),
        .. Refused<ArgumentException>("TransformerDecoder.Forward", ["TransformerDecoder(1 layers)", "0 caches"], () => Decoder.Continue(Sentences, Sentences, [])),
        .. Headed("Transformer", (size, heads, dropout, _, dtype) => new Transformer(size, heads, 1, 1, 16, dropout, dtype: dtype), turns: false),
        .. Numbers("Transformer", "encoderLayers", layers => new Transformer(8, 2, layers, 1, 16), -1, int.MinValue),
        .. Numbers("Transformer", "decoderLayers", layers => new Transformer(8, 2, 1, layers, 16), -1),
        .. Numbers("Transformer", "feedForward", numbers => new Transformer(8, 2, 0, 0, numbers), 0, -1),
        .. Shares("Transformer", "epsilon", epsilon => new Transformer(8, 2, 1, 1, 16, epsilon: epsilon), -1e-5, double.PositiveInfinity),
        .. Inputs("Transformer", "coderLayer(8, ", () => Whole, Vector, Series),
        .. NullArgument("Transformer.Forward", "source", () => Whole.Forward(null!, Sentences)),
        .. NullArgument("Transformer.Forward", "target", () => Whole.Forward(Sentences, null!)),
    ];

    /// <summary>Numbers at a place that heads divide, what drops and turns them, and their type.</summary>
    private static IEnumerable<BadCall> Headed(string layer, Func<int, int, double, RotaryEncoding?, DType, Module> make, bool turns = true) =>
    [
        .. Numbers(layer, "size", size => make(size, 2, 0, null, DType.Float32), 0, -8, int.MinValue),
        .. Numbers(layer, "heads", heads => make(8, heads, 0, null, DType.Float32), 0, -2),
        .. Refused<ArgumentException>(layer, [$"{layer}: ", "3 heads do not divide 8"], () => make(8, 3, 0, null, DType.Float32)),
        .. turns ? Refused<ArgumentException>(layer, [$"{layer}: ", "RotaryEncoding(2)", "4 numbers"], () => make(8, 2, 0, new RotaryEncoding(2), DType.Float32)) : [],
        .. Shares(layer, "dropout", dropout => make(8, 2, dropout, null, DType.Float32), -0.1, 1.1, double.NaN),
        .. Types(layer, dtype => make(8, 2, 0, null, dtype)),
    ];

    private static Tensor Continued(MultiheadAttention attention, Tensor first, Tensor next)
    {
        var cache = new KeyValueCache();
        attention.Continue(first, cache);
        return attention.Continue(next, cache);
    }
}
