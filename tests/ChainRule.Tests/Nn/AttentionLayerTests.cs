using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class AttentionLayerTests
{
    private const int Size = 4, Heads = 2, Hidden = 6;

    private static readonly RandomKey Key = new(3);

    private static readonly Dictionary<string, Func<DType, Module>> Layers = new()
    {
        ["attention"] = dtype => new MultiheadAttention(Size, Heads, key: Key, dtype: dtype),
        ["rotary attention"] = dtype => new MultiheadAttention(Size, Heads, rotary: new RotaryEncoding(Size / Heads), key: Key, dtype: dtype),
        ["encoder layer"] = dtype => new TransformerEncoderLayer(Size, Heads, Hidden, 0, new Gelu(), key: Key, dtype: dtype),
        ["encoder layer, norm first"] = dtype => new TransformerEncoderLayer(Size, Heads, Hidden, 0, new Silu(), normFirst: true, key: Key, dtype: dtype),
        ["encoder"] = dtype => new TransformerEncoder([.. Enumerable.Range(0, 2).Select(i => new TransformerEncoderLayer(Size, Heads, Hidden, 0, new Gelu(), key: Key.Child(i), dtype: dtype))], new LayerNorm([Size], dtype: dtype)),
        ["decoder layer"] = dtype => new TransformerDecoderLayer(Size, Heads, Hidden, 0, new Gelu(), key: Key, dtype: dtype),
        ["decoder layer, norm first"] = dtype => new TransformerDecoderLayer(Size, Heads, Hidden, 0, new Gelu(), normFirst: true, key: Key, dtype: dtype),
        ["transformer"] = dtype => new Transformer(Size, Heads, 1, 1, Hidden, 0, () => new Gelu(), key: Key, dtype: dtype),
        ["bilinear"] = dtype => new Bilinear(Size, Size, 3, Key, dtype: dtype),
        ["gates"] = dtype => new Sequential(new Linear(Size, 8, Key, dtype: dtype), new SwiGlu(), new Glu(), new PRelu(2, dtype: dtype)),
        ["positions"] = dtype => new Sequential(new SinusoidalEncoding(Size), new LearnedEncoding(5, Size, key: Key, dtype: dtype), new RotaryEncoding(Size, isInterleaved: false)),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Forward_and_reverse_are_adjoint_and_the_second_derivative_is_that_of_differences(string name)
    {
        Module layer = Layers[name](DType.Float64);
        Tensor x = Sample([3, Size], 1), direction = Sample([3, Size], 2);
        (Tensor y, Tensor push) = Differentiate.Jvp(layer.Forward, x, direction);
        Tensor cotangent = Sample(y.Shape, 3);
        double left = Dot(cotangent, push), right = Dot(Differentiate.Vjp(layer.Forward, x).Pull(cotangent), direction);
        Assert.True(Math.Abs(left - right) <= 1e-12 * (1 + Math.Abs(left)), $"{left:R}, {right:R}");

        Func<Tensor, Tensor> function = v => (layer.Forward(v).Square() * cotangent).Sum();
        double second = Dot(Differentiate.HessianVectorProduct(function, x, direction), direction);
        Slope slope = Ridders.Central(step => Dot(Differentiate.Grad(function)(x + step * direction), direction), 0.02);
        Assert.True(Math.Abs(second - slope.Value) <= 1e-8 * (1 + Math.Abs(second)), $"{name}: {second:R}, not {slope.Value:R}");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_batch_by_Vmap_is_one_example_after_the_other(string name)
    {
        Module layer = Layers[name](DType.Float64);
        Tensor x = Sample([3, 2, Size], 1);
        Tensor all = Differentiate.Vmap(layer.Forward)(x), gradients = Differentiate.Vmap(Differentiate.Grad(v => layer.Forward(v).Square().Sum()))(x);
        for (int i = 0; i < 3; i++)
        {
            Close(layer.Forward(x[i]), all[i], 1e-13, $"{name}, example {i}");
            Close(Differentiate.Grad(v => layer.Forward(v).Square().Sum())(x[i]), gradients[i], 1e-12, $"{name}, gradient {i}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Float32_is_near_float64_and_every_parameter_gets_a_gradient(string name)
    {
        Module single = Layers[name](DType.Float32), twice = Layers[name](DType.Float32);
        twice.To(DType.Float64);
        Tensor x = Sample([3, Size], 1).To(DType.Float32);
        Tensor y = single.Forward(x);
        Assert.Equal(DType.Float32, y.DType);
        Close(twice.Forward(x.To(DType.Float64)), y.To(DType.Float64), 1e-5, name);
        (y * Sample(y.Shape, 3).To(DType.Float32)).Sum().Backward();
        Assert.All(single.NamedParameters(), parameter => Assert.True(parameter.Value.Grad is not null, parameter.Name));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Step_by_step_is_the_whole_sequence_at_once(bool isRotary, bool batchFirst)
    {
        RotaryEncoding? rotary = isRotary ? new RotaryEncoding(Size / Heads) : null;
        var encoder = new TransformerEncoder([.. Enumerable.Range(0, 2).Select(i => new TransformerEncoderLayer(Size, Heads, Hidden, 0, normFirst: true, batchFirst: batchFirst, rotary: rotary, key: Key.Child(i), dtype: DType.Float64))]);
        Tensor x = Sample([5, 5, Size], 1), whole = encoder.Forward(x, null, isCausal: true);
        KeyValueCache[] caches = encoder.Caches();
        int axis = batchFirst ? 1 : 0;
        // One place, then two at once, and again.
        foreach ((long start, long length) in new[] { (0L, 1L), (1, 2), (3, 1), (4, 1) })
            Close(whole.Slice(axis, start, length), encoder.Continue(x.Slice(axis, start, length), caches), 1e-13, $"places from {start}");
        Assert.All(caches, cache => Assert.Equal(5, cache.Length));
        Assert.Throws<ArgumentException>(() => encoder.Continue(x, caches[..1]));
        Assert.Throws<ShapeException>(() => encoder.Continue(x[..2, ..2], caches));
        caches[0].Clear();
        Assert.Equal(0, caches[0].Length);
    }

    [Fact]
    public void A_decoder_goes_step_by_step_beside_its_memory()
    {
        var decoder = new TransformerDecoder([new TransformerDecoderLayer(Size, Heads, Hidden, 0, key: Key, dtype: DType.Float64)], new LayerNorm([Size], dtype: DType.Float64));
        Tensor x = Sample([4, 2, Size], 1), memory = Sample([3, 2, Size], 2), padding = Tensor.From([false, true, false, false, false, true], [2, 3]);
        Tensor whole = decoder.Forward(x, memory, memoryKeyPaddingMask: padding, isCausal: true);
        KeyValueCache[] caches = decoder.Caches();
        for (int i = 0; i < 4; i++)
            Close(whole[i..(i + 1)], decoder.Continue(x[i..(i + 1)], memory, caches, padding), 1e-13, $"place {i}");
    }

    [Fact]
    public void A_sequence_of_padding_alone_leaves_the_others_and_the_weights_finite()
    {
        var attention = new MultiheadAttention(Size, Heads, key: Key, dtype: DType.Float64);
        Tensor x = Sample([3, 2, Size], 1), padding = Tensor.From([false, false, true, true, true, true], [2, 3]);
        Tensor y = attention.Forward(x, x, x, padding);
        y.Sum().Backward();
        Close(attention.Forward(x[..2, ..1], x[..2, ..1], x[..2, ..1]), y[..2, ..1], 1e-13, "without padding");
        Assert.Equal(attention.OutProj.Bias!.Value.ToArray<double>(), y[0, 1].ToArray<double>()); // nothing was found
        Assert.All(attention.Parameters(), parameter => Assert.All(parameter.Grad!.ToArray<double>(), value => Assert.True(double.IsFinite(value))));
    }

    [Fact]
    public void Causal_attention_and_a_mask_of_what_comes_later_are_the_same_and_the_weights_say_so()
    {
        var attention = new MultiheadAttention(Size, Heads, key: Key, dtype: DType.Float64);
        Tensor x = Sample([3, Size], 1), later = Tensor.Ones([3, 3]).Triu(1).To(DType.Bool);
        (Tensor causal, Tensor weights) = attention.ForwardWithWeights(x, x, x, isCausal: true);
        Close(causal, attention.Forward(x, x, x, attentionMask: later), 1e-14, "bool");
        Close(causal, attention.Forward(x, x, x, attentionMask: Tensor.Where(later, double.NegativeInfinity, Tensor.Zeros([3, 3]))), 1e-14, "numbers");
        Assert.Equal([Heads, 3, 3], weights.Shape);
        Close(Tensor.Ones([Heads, 3], DType.Float64), weights.Sum(-1), 1e-14, "sums");
        Assert.All(weights.ToArray<double>().Where((_, i) => i % 3 > i / 3 % 3), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Masks_of_truth_and_of_numbers_can_be_mixed()
    {
        var attention = new MultiheadAttention(Size, Heads, key: Key, dtype: DType.Float64);
        Tensor x = Sample([3, 2, Size], 1), padding = Tensor.From([false, false, true, false, true, false], [2, 3]), mask = Tensor.From([false, true, false, false, false, false, false, false, true], [3, 3]);
        Tensor Numbers(Tensor truth) => Tensor.Where(truth, double.NegativeInfinity, Tensor.Zeros(truth.Shape));
        Tensor expected = attention.Forward(x, x, x, padding, mask);
        Close(expected, attention.Forward(x, x, x, Numbers(padding), mask), 1e-14, "padding of numbers");
        Close(expected, attention.Forward(x, x, x, padding, Numbers(mask)), 1e-14, "mask of numbers");
        Close(expected, attention.Forward(x, x, x, Numbers(padding), Numbers(mask)), 1e-14, "both of numbers");
        Close(expected, attention.Forward(x, x, x, padding, mask.Expand([2 * Heads, 3, 3])), 1e-14, "a mask for each example and head");
        Close(expected, attention.Forward(x, x, x, padding, mask.Expand([2, Heads, 3, 3])), 1e-14, "the same with four axes");
        Assert.NotEqual(expected.ToArray<double>(), attention.Forward(x, x, x, padding).ToArray<double>());
        Assert.NotEqual(expected.ToArray<double>(), attention.Forward(x, x, x, attentionMask: mask).ToArray<double>());
    }

    [Fact]
    public void Dropped_weights_are_drawn_from_the_key_and_only_while_training()
    {
        Tensor x = Sample([20, Size], 1);
        double[] Of(MultiheadAttention attention) => attention.Forward(x).ToArray<double>();
        var first = new MultiheadAttention(Size, Heads, 0.5, key: Key, dtype: DType.Float64);
        var second = new MultiheadAttention(Size, Heads, 0.5, key: Key, dtype: DType.Float64);
        double[] drawn = Of(first);
        Assert.Equal(drawn, Of(second));
        Assert.NotEqual(drawn, Of(first));
        first.Eval();
        Assert.Equal(Of(new MultiheadAttention(Size, Heads, key: Key, dtype: DType.Float64)), Of(first));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var attention = new MultiheadAttention(Size, Heads);
        Tensor x = Tensor.Zeros([3, 2, Size]);
        Assert.Throws<ShapeException>(() => attention.Forward(Tensor.Zeros([3, 2, 5])));
        Assert.Throws<ShapeException>(() => attention.Forward(Tensor.Zeros([Size])));
        Assert.Throws<ShapeException>(() => attention.Forward(x, Tensor.Zeros([3, 1, Size]), Tensor.Zeros([3, 1, Size])));
        Assert.Throws<ShapeException>(() => attention.Forward(x, x, Tensor.Zeros([4, 2, Size])));
        Assert.Throws<ShapeException>(() => attention.Forward(x, x, x, Tensor.Zeros([3, 2], DType.Bool)));
        Assert.Throws<ShapeException>(() => attention.Forward(x, x, x, attentionMask: Tensor.Zeros([2, 3, 3], DType.Bool)));
        Assert.Throws<DTypeException>(() => attention.Forward(x, x, x, Tensor.Zeros([2, 3], DType.Int32)));
        Assert.Throws<DTypeException>(() => attention.Forward(Tensor.Zeros([3, 2, Size], DType.Float64)));
        Assert.Throws<ArgumentNullException>(() => attention.Forward(x, null!, x));
        Assert.Throws<ArgumentException>(() => new MultiheadAttention(5, 2));
        Assert.Throws<ArgumentException>(() => new MultiheadAttention(8, 2, rotary: new RotaryEncoding(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiheadAttention(0, 1));
        Assert.Throws<ShapeException>(() => new Bilinear(2, 3, 4).Forward(Tensor.Zeros([2]), Tensor.Zeros([2])));
        Assert.Throws<ShapeException>(() => new LearnedEncoding(2, Size).Forward(x));
        Assert.Throws<ShapeException>(() => new SinusoidalEncoding(Size).Forward(Tensor.Zeros([3, 5])));
        Assert.Throws<ArgumentException>(() => new RotaryEncoding(3));
    }

    [Fact]
    public void Layers_print_what_they_were_made_with()
    {
        Assert.Equal("MultiheadAttention(4, heads: 2)", new MultiheadAttention(4, 2).ToString());
        Assert.Equal("MultiheadAttention(4, heads: 2, keys: 3, values: 4, no bias)", new MultiheadAttention(4, 2, bias: false, keySize: 3).ToString());
        Assert.Equal("TransformerEncoderLayer(4, heads: 2, 6, Gelu, norm first)", new TransformerEncoderLayer(4, 2, 6, activation: new Gelu(), normFirst: true).ToString());
        Assert.Equal("TransformerDecoderLayer(4, heads: 2, 6, Relu)", new TransformerDecoderLayer(4, 2, 6).ToString());
        Assert.Equal("Transformer(1 + 2 layers)", new Transformer(4, 2, 1, 2, 6).ToString());
        Assert.Equal(["SinusoidalEncoding(4)", "LearnedEncoding(5, 4)", "RotaryEncoding(4, halves)"], ((Sequential)Layers["positions"](DType.Float32)).Select(layer => layer.ToString()));
        Assert.Equal("Bilinear(2, 3, 4, no bias)", new Bilinear(2, 3, 4, bias: false).ToString());
    }

    private static Tensor Sample(Shape shape, long seed) => Tensor.Normal(shape, new RandomKey(seed), dtype: DType.Float64);

    private static double Dot(Tensor a, Tensor b) => (a * b).Sum().Item<double>();

    private static void Close(Tensor expected, Tensor actual, double tolerance, string because)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Laws.Compare.Close(expected.ToArray<double>(), actual.ToArray<double>(), tolerance, tolerance, because);
    }
}
