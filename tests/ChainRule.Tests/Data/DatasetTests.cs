using ChainRule.Data;

namespace ChainRule.Tests.Data;

public sealed class DatasetTests
{
    private static readonly string[] _twoNames = ["no", "yes"];

    [Fact]
    public void The_digits_are_all_there_and_scaled()
    {
        Dataset digits = Digits.Load();
        Assert.Equal(Shape.Create([1797, 8, 8]), digits.Inputs.Shape);
        Assert.Equal(64, digits.FeatureCount);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.ClassNames);
        // Counts and the sum of all pixels, taken from the file by other means.
        long[] labels = digits.Labels.ToArray<long>();
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], Enumerable.Range(0, 10).Select(label => labels.Count(value => value == label)));
        Assert.Equal(561_718 / 16.0, digits.Inputs.ToArray<double>().Sum());
        Assert.Equal([0f, 0, 0.3125f, 0.8125f, 0.5625f, 0.0625f, 0, 0], digits.Inputs[0, 0].ToArray<float>());
        Assert.Contains("CC BY 4.0", digits.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_deals_out_every_example_once()
    {
        Dataset data = Numbered(1797);
        (Dataset train, Dataset test) = data.Split(0.2, new RandomKey(1));
        Assert.Equal((1438, 359), (train.Count, test.Count));
        float[] all = [.. train.Inputs.ToArray<float>(), .. test.Inputs.ToArray<float>()];
        Assert.Equal(Enumerable.Range(0, 1797).Select(i => (float)i), all.Order());
        Assert.All([train, test], part => Assert.Equal(part.Inputs.ToArray<float>().Select(i => (long)i % 2), part.Labels.ToArray<long>()));
    }

    [Fact]
    public void A_split_depends_on_its_key_alone()
    {
        Dataset data = Numbered(50);
        float[] test = data.Split(0.3, new RandomKey(1)).Test.Inputs.ToArray<float>();
        Assert.Equal(test, data.Split(0.3, new RandomKey(1)).Test.Inputs.ToArray<float>());
        Assert.NotEqual(test, data.Split(0.3, new RandomKey(2)).Test.Inputs.ToArray<float>());
        Assert.NotEqual(test, test.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(0.01)]
    [InlineData(0.99)]
    [InlineData(double.NaN)]
    public void A_split_leaves_no_part_empty(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(10).Split(fraction, new RandomKey(1)));

    [Fact]
    public void Examples_are_taken_by_position()
    {
        Dataset taken = Numbered(10).Take(Tensor.From([9L, 0, 9]));
        Assert.Equal([9f, 0, 9], taken.Inputs.ToArray<float>());
        Assert.Equal([1L, 0, 1], taken.Labels.ToArray<long>());
        Assert.Throws<ShapeException>(() => Numbered(10).Take(Tensor.From([10L])));
    }

    [Fact]
    public void Inputs_that_are_not_finite_are_refused_with_their_place()
    {
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var thrown = Assert.Throws<ArgumentException>(() => new Dataset("x", Tensor.From([1f, 2, 3, bad], [2, 2]), Tensor.From([0L, 1]), _twoNames));
            Assert.Contains("feature 1 of example 1", thrown.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentException>(() => new Dataset("x", Tensor.From([double.NaN], [1, 1]), Tensor.From([0L]), _twoNames));
        Assert.Throws<ArgumentException>(() => Numbered(2).WithInputs(Tensor.Full([2, 1], float.NaN)));
    }

    [Fact]
    public void Shapes_types_and_labels_must_fit()
    {
        Tensor inputs = Tensor.Ones([2, 3]), labels = Tensor.From([0L, 1]);
        Assert.Throws<ShapeException>(() => new Dataset("x", Tensor.Ones([3, 3]), labels, _twoNames));
        Assert.Throws<ShapeException>(() => new Dataset("x", Tensor.Ones([2]), labels, _twoNames));
        Assert.Throws<ShapeException>(() => new Dataset("x", inputs, labels.Unsqueeze(1), _twoNames));
        Assert.Throws<ShapeException>(() => new Dataset("x", Tensor.Ones([0, 3]), Tensor.Zeros([0], DType.Int64), _twoNames));
        Assert.Throws<ShapeException>(() => new Dataset("x", 1f, 1L, _twoNames));
        Assert.Throws<DTypeException>(() => new Dataset("x", inputs, labels.To(DType.Int32), _twoNames));
        Assert.Throws<DTypeException>(() => new Dataset("x", inputs.To(DType.Int32), labels, _twoNames));
        var thrown = Assert.Throws<ArgumentException>(() => new Dataset("x", inputs, Tensor.From([0L, 2]), _twoNames));
        Assert.Contains("label 2 of example 1 names none of the 2 classes", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Dataset("x", inputs, Tensor.From([-1L, 0]), _twoNames));
    }

    [Fact]
    public void Standardized_features_have_mean_0_and_deviation_1()
    {
        Tensor x = Tensor.From([1.0, 10, 5, 3, 30, 5, 5, 80, 5], [3, 3]);
        Standardization by = Standardization.Of(x);
        // Means 3, 40, 5; deviations sqrt(8/3), sqrt(2600/3), 0.
        Assert.Equal([3.0, 40, 5], by.Mean.ToArray<double>());
        Assert.Equal([Math.Sqrt(8.0 / 3), Math.Sqrt(2600.0 / 3), 0], by.Deviation.ToArray<double>());
        double[] y = by.Apply(x).ToArray<double>();
        Assert.Equal(-2 / Math.Sqrt(8.0 / 3), y[0], 1e-15);
        Assert.Equal(40 / Math.Sqrt(2600.0 / 3), y[7], 1e-15);
        Assert.Equal([0.0, 0, 0], [y[2], y[5], y[8]]);
    }

    [Fact]
    public void The_test_part_is_standardized_by_the_training_part()
    {
        var train = new Dataset("x", Tensor.From([0f, 2], [2, 1]), Tensor.From([0L, 1]), _twoNames);
        var test = new Dataset("x", Tensor.From([5f], [1, 1]), Tensor.From([1L]), _twoNames);
        (DataSplit data, Standardization by) = Standardization.OfTraining(new(train, test));
        Assert.Equal([-1f, 1], data.Train.Inputs.ToArray<float>());
        Assert.Equal([4f], data.Test.Inputs.ToArray<float>());
        Assert.Equal([1f], by.Mean.ToArray<float>());
        Assert.Throws<ShapeException>(() => new Standardization(Tensor.Ones([2]), Tensor.Ones([3])));
    }

    /// <summary>Example i holds the number i and has class i mod 2.</summary>
    internal static Dataset Numbered(int count) =>
        new("numbered", Tensor.Arange(0, count).Reshape([count, 1]), Tensor.From([.. Enumerable.Range(0, count).Select(i => (long)i % 2)]), _twoNames);
}
