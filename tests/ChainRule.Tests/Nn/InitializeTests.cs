using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class InitializeTests
{
    private static readonly RandomKey Key = new(1);

    // The second is that of a convolution: 16·9 inputs and 32·9 outputs of each.
    private static readonly Shape Matrix = [400, 300], Window = [64, 32, 3, 3];

    /// <summary>Name, values, the deviation by the formula of the paper, and the bound of what is equally likely.</summary>
    private static (string Name, Tensor Values, double Deviation, double? Bound)[] Cases =>
    [
        ("Xavier uniform", Initialize.XavierUniform(Matrix, Key, dtype: DType.Float64), Math.Sqrt(2.0 / 700), Math.Sqrt(6.0 / 700)),
        ("Xavier uniform, tanh", Initialize.XavierUniform(Matrix, Key, Initialize.TanhGain, DType.Float64), 5 / 3.0 * Math.Sqrt(2.0 / 700), 5 / 3.0 * Math.Sqrt(6.0 / 700)),
        ("Xavier uniform, window", Initialize.XavierUniform(Window, Key, dtype: DType.Float64), Math.Sqrt(2.0 / (288 + 576)), Math.Sqrt(6.0 / (288 + 576))),
        ("Xavier normal", Initialize.XavierNormal(Matrix, Key, dtype: DType.Float64), Math.Sqrt(2.0 / 700), null),
        ("Xavier normal, window", Initialize.XavierNormal(Window, Key, 2, DType.Float64), 2 * Math.Sqrt(2.0 / (288 + 576)), null),
        ("Kaiming uniform", Initialize.KaimingUniform(Matrix, Key, dtype: DType.Float64), Math.Sqrt(2.0 / 300), Math.Sqrt(6.0 / 300)),
        ("Kaiming uniform, outputs", Initialize.KaimingUniform(Matrix, Key, mode: FanMode.Outputs, dtype: DType.Float64), Math.Sqrt(2.0 / 400), Math.Sqrt(6.0 / 400)),
        ("Kaiming uniform, window", Initialize.KaimingUniform(Window, Key, dtype: DType.Float64), Math.Sqrt(2.0 / 288), Math.Sqrt(6.0 / 288)),
        ("Kaiming normal", Initialize.KaimingNormal(Matrix, Key, dtype: DType.Float64), Math.Sqrt(2.0 / 300), null),
        ("Kaiming normal, linear", Initialize.KaimingNormal(Matrix, Key, gain: 1, dtype: DType.Float64), Math.Sqrt(1.0 / 300), null),
        ("Kaiming normal, outputs of a window", Initialize.KaimingNormal(Window, Key, mode: FanMode.Outputs, dtype: DType.Float64), Math.Sqrt(2.0 / 576), null),
        ("normal", Initialize.Normal(Matrix, Key, dtype: DType.Float64), 0.01, null),
    ];

    [Fact]
    public void Values_have_the_spread_of_their_formula()
    {
        int cases = 0;
        foreach ((string name, Tensor tensor, double deviation, double? bound) in Cases)
        {
            double[] values = tensor.ToArray<double>();
            double mean = values.Average(), spread = Math.Sqrt(values.Average(value => value * value));
            // Of n draws the mean deviates by σ/√n and the spread by at most σ/√(2n): five of them.
            Assert.True(Math.Abs(mean) < 5 * deviation / Math.Sqrt(values.Length), $"{name}: mean {mean}");
            Assert.True(Math.Abs(spread - deviation) < 5 * deviation / Math.Sqrt(2 * values.Length), $"{name}: spread {spread} instead of {deviation}");
            double largest = values.Max(Math.Abs);
            Assert.True(bound is { } limit ? largest <= limit && largest > 0.999 * limit : largest > 3.5 * deviation, $"{name}: largest {largest}");
            cases++;
        }
        Assert.Equal(12, cases);
    }

    [Fact]
    public void The_gains_are_those_of_the_papers()
    {
        Assert.Equal(Initialize.ReluGain, Math.Sqrt(2));
        Assert.Equal(Initialize.TanhGain, 1.6666666666666667);
    }

    [Fact]
    public void The_key_decides_the_values()
    {
        Func<RandomKey, Tensor>[] all =
        [
            key => Initialize.XavierUniform([3, 4], key), key => Initialize.XavierNormal([3, 4], key),
            key => Initialize.KaimingUniform([3, 4], key), key => Initialize.KaimingNormal([3, 4], key), key => Initialize.Normal([3, 4], key),
        ];
        foreach (Func<RandomKey, Tensor> draw in all)
        {
            Tensor values = draw(Key);
            Assert.Equal(([3, 4], DType.Float32), (values.Shape, values.DType));
            Assert.Equal(values.ToArray<float>(), draw(Key).ToArray<float>());
            Assert.NotEqual(values.ToArray<float>(), draw(new RandomKey(2)).ToArray<float>());
        }
    }

    [Fact]
    public void Biases_start_as_zeros_or_a_constant()
    {
        Assert.Equal([0f, 0], Initialize.Zeros([2]).ToArray<float>());
        Assert.Equal([0.1, 0.1], Initialize.Constant([2], 0.1, DType.Float64).ToArray<double>());
    }

    [Fact]
    public void What_is_no_weight_has_no_fans()
    {
        Func<Shape, Tensor>[] all =
        [
            shape => Initialize.XavierUniform(shape, Key), shape => Initialize.XavierNormal(shape, Key),
            shape => Initialize.KaimingUniform(shape, Key), shape => Initialize.KaimingNormal(shape, Key),
        ];
        string[] names = ["XavierUniform", "XavierNormal", "KaimingUniform", "KaimingNormal"];
        foreach ((string name, Func<Shape, Tensor> draw) in names.Zip(all))
        {
            Assert.StartsWith($"{name}: shape [5] is not that of a weight", Assert.Throws<ShapeException>(() => draw([5])).Message, StringComparison.Ordinal);
            Assert.Throws<ShapeException>(() => draw(Shape.Scalar));
            Assert.Throws<ArgumentNullException>(() => draw(null!));
        }
        Assert.Throws<DTypeException>(() => Initialize.KaimingNormal([2, 2], Key, dtype: DType.Int32));
    }
}
