using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class PositionTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Sinusoids_are_those_of_the_formula(int size)
    {
        var encoding = new SinusoidalEncoding(size, batchFirst: true);
        foreach (int length in new[] { 3, 7, 2 })
        {
            Tensor y = encoding.Forward(Tensor.Ones([2, length, size], DType.Float64));
            for (int t = 0; t < length; t++)
            {
                for (int i = 0; i < size; i++)
                {
                    double angle = t / Math.Pow(10_000, i / 2 * 2.0 / size);
                    Assert.Equal(1 + (i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle)), y[1, t, i].Item<double>(), 1e-14);
                }
            }
        }
    }

    [Fact]
    public void A_place_gets_the_same_wherever_the_batch_stands()
    {
        Tensor x = Tensor.Normal([3, 2, 4], new RandomKey(1), dtype: DType.Float64);
        var learned = new LearnedEncoding(3, 4, key: new RandomKey(2), dtype: DType.Float64);
        foreach ((Module behind, Module first) in new (Module, Module)[] { (new SinusoidalEncoding(4), new SinusoidalEncoding(4, batchFirst: true)), (learned, new LearnedEncoding(3, 4, batchFirst: true, key: new RandomKey(2), dtype: DType.Float64)) })
            Assert.Equal(behind.Forward(x).ToArray<double>(), first.Forward(x.Transpose(0, 1)).Transpose(0, 1).ToArray<double>());
        Assert.Equal((x[1, 1] + learned.Weight.Value[1]).ToArray<double>(), learned.Forward(x)[1, 1].ToArray<double>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rotation_turns_pairs_by_angles_that_grow_with_the_place(bool isInterleaved)
    {
        Tensor x = Tensor.Normal([2, 3, 6], new RandomKey(1), dtype: DType.Float64);
        Tensor y = new RotaryEncoding(6, isInterleaved, 100).Forward(x, start: 5);
        for (int t = 0; t < 3; t++)
        {
            for (int i = 0; i < 3; i++)
            {
                (int left, int right) = isInterleaved ? (2 * i, 2 * i + 1) : (i, i + 3);
                double angle = (t + 5) * Math.Pow(100, -2.0 * i / 6), a = x[1, t, left].Item<double>(), b = x[1, t, right].Item<double>();
                Assert.Equal(a * Math.Cos(angle) - b * Math.Sin(angle), y[1, t, left].Item<double>(), 1e-13);
                Assert.Equal(a * Math.Sin(angle) + b * Math.Cos(angle), y[1, t, right].Item<double>(), 1e-13);
            }
        }
    }

    [Fact]
    public void Products_of_rotated_vectors_depend_on_their_distance_only()
    {
        var rotary = new RotaryEncoding(8);
        Tensor q = Tensor.Normal([1, 8], new RandomKey(1), dtype: DType.Float64), k = Tensor.Normal([1, 8], new RandomKey(2), dtype: DType.Float64);
        double near = (rotary.Forward(q, 7) * rotary.Forward(k, 3)).Sum().Item<double>(), far = (rotary.Forward(q, 1007) * rotary.Forward(k, 1003)).Sum().Item<double>();
        Assert.Equal(near, far, 1e-12);
    }
}
