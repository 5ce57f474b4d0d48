using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class CrossEntropyTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.None)]
    public void If_all_samples_are_ignored_loss_and_gradient_are_zero(Reduction reduction)
    {
        Tensor logits = new double[,] { { 1, 2 }, { double.NaN, 3 }, { -Infinity, -Infinity } };
        logits.RequiresGrad();
        Tensor loss = Loss.CrossEntropy(logits, Tensor.From<long>([-1, -1, -1]), reduction, ignoredIndex: -1);
        loss.Backward(Tensor.Ones(loss.Shape, DType.Float64));
        Assert.All(loss.ToArray<double>(), value => Assert.Equal(0, value));
        Assert.Equal(new double[6], logits.Grad!.ToArray<double>());
    }

    [Fact]
    public void An_ignored_sample_counts_as_if_it_were_absent_whatever_it_holds()
    {
        Tensor all = new double[,] { { 1, 2 }, { double.NaN, Infinity }, { 0, -1 }, { -Infinity, -Infinity } };
        Tensor some = new double[,] { { 1, 2 }, { 0, -1 } };
        all.RequiresGrad();
        some.RequiresGrad();
        Tensor ofAll = Loss.CrossEntropy(all, Tensor.From<int>([1, 7, 0, 7]), ignoredIndex: 7), ofSome = Loss.CrossEntropy(some, Tensor.From<int>([1, 0]));
        ofAll.Backward();
        ofSome.Backward();
        Assert.Equal(ofSome.Item<double>(), ofAll.Item<double>(), 1e-15);
        double[] expected = some.Grad!.ToArray<double>(), got = all.Grad!.ToArray<double>();
        Assert.Equal([expected[0], expected[1], 0, 0, expected[2], expected[3], 0, 0], got, (a, b) => Math.Abs(a - b) < 1e-16);
        Assert.Equal([0.0, 0, 0, 0], [got[2], got[3], got[6], got[7]]);
    }

    [Fact]
    public void A_class_that_is_ruled_out_gets_no_gradient_unless_it_is_the_target()
    {
        (double loss, double[] gradient) = At([0, -Infinity, 0], 2);
        Assert.Equal(Math.Log(2), loss, 1e-15);
        Assert.Equal([0.5, 0, -0.5], gradient, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(0, gradient[1]);

        (loss, gradient) = At([0, -Infinity, 0], 1);
        Assert.Equal(Infinity, loss);
        Assert.Equal([0.5, -1, 0.5], gradient, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [InlineData(1e4, -1e4, 1, 2e4, 1)]
    [InlineData(1e4, -1e4, 0, 0, 0)]
    [InlineData(1e300, -1e300, 1, 2e300, 1)]
    [InlineData(40, 0, 0, 4.248354255291589e-18, -4.248354255291589e-18)] // log1p(e^-40) and -e^-40/(1 + e^-40)
    [InlineData(-1e-300, 1e-300, 0, 0.6931471805599453, -0.5)]
    public void Extreme_logits(double first, double second, int target, double expected, double slope)
    {
        (double loss, double[] gradient) = At([first, second], target);
        // Next to a certain class loss and gradient are small, and have all their digits.
        Assert.Equal(expected, loss, Math.Abs(expected) * 1e-15);
        Assert.Equal(slope, gradient[0], Math.Abs(slope) * 1e-15);
        Assert.Equal(-slope, gradient[1], Math.Abs(slope) * 1e-15);
    }

    [Fact]
    public void A_probability_of_zero_contributes_nothing()
    {
        Tensor logits = new double[,] { { 0, -Infinity, 0 } };
        logits.RequiresGrad();
        Tensor loss = Loss.CrossEntropy(logits, new double[,] { { 0.25, 0, 0.75 } });
        loss.Backward();
        Assert.Equal(Math.Log(2), loss.Item<double>(), 1e-15);
        Assert.Equal([0.25, 0, -0.25], logits.Grad!.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Axes_before_the_classes_are_samples()
    {
        Tensor logits = Tensor.Normal([2, 5, 3], new RandomKey(1), dtype: DType.Float64);
        Tensor classes = Tensor.From<int>([0, 1, 2, 2, 1, 0, 1, 1, 2, 0], [2, 5]);
        Tensor values = Loss.CrossEntropy(logits, classes, Reduction.None);
        Assert.Equal([2, 5], values.Shape);
        Assert.Equal(Loss.CrossEntropy(logits.Reshape([10, 3]), classes.Reshape([10]), Reduction.None).ToArray<double>(), values.ToArray<double>());
        Assert.Equal(Math.Log(3), Loss.CrossEntropy(Tensor.Zeros([3], DType.Float64), 1L).Item<double>(), 1e-15);
    }

    [Theory]
    [InlineData(3, "there is no class 3: there are 3 classes, 0 to 2.")]
    [InlineData(-1, "there is no class -1: there are 3 classes, 0 to 2. To skip samples, name their class as ignoredIndex.")]
    public void A_class_that_does_not_exist_is_an_error(long bad, string says)
    {
        string message = Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros([2, 3]), Tensor.From<long>([0, bad]))).Message;
        Assert.Equal($"CrossEntropy: {says}", message);
        Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros([2, 3]), Tensor.From<long>([-5, bad]), ignoredIndex: -5));
    }

    [Fact]
    public void Shapes_and_types_that_do_not_fit_are_errors_that_say_which()
    {
        Tensor logits = Tensor.Zeros([4, 3]);
        Assert.Contains("target has shape [4, 1], but for logits of shape [4, 3] it must have [4]",
            Assert.Throws<ShapeException>(() => Loss.CrossEntropy(logits, Tensor.Zeros([4, 1], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("the target probabilities have shape [4], but logits has [4, 3]",
            Assert.Throws<ShapeException>(() => Loss.CrossEntropy(logits, Tensor.Zeros([4]))).Message, StringComparison.Ordinal);
        Assert.Contains("single number", Assert.Throws<ShapeException>(() => Loss.CrossEntropy(1f, 0L)).Message, StringComparison.Ordinal);
        Assert.Contains("target is bool", Assert.Throws<DTypeException>(() => Loss.CrossEntropy(logits, Tensor.Zeros([4], DType.Bool))).Message, StringComparison.Ordinal);
        Assert.Contains("logits is int64", Assert.Throws<DTypeException>(() => Loss.CrossEntropy(logits.To(DType.Int64), Tensor.Zeros([4], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Loss.CrossEntropy(null!, logits));
        Assert.Throws<ArgumentNullException>(() => Loss.CrossEntropy(logits, null!));
    }

    private static (double Loss, double[] Gradient) At(double[] logits, int target)
    {
        Tensor x = Tensor.From(logits).RequiresGrad();
        Tensor loss = Loss.CrossEntropy(x, target);
        loss.Backward();
        return (loss.Item<double>(), x.Grad!.ToArray<double>());
    }
}
