using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

/// <summary>Gradients of every loss against differences, and the hard cases of the numeric contract.</summary>
public sealed class LossDerivativeTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Tensor Signs = Tensor.From([1.0, -1, -1, 1, 1, -1], [2, 3]), RowSigns = Tensor.From([1.0, -1]);
    private static readonly Tensor Classes = Tensor.From([2L, 0]), Weight = Tensor.From([0.5, 2, 1.5]);

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Reduction, Tensor> Loss, double Low)> Losses = new()
    {
        ["MeanSquaredError"] = (Loss.MeanSquaredError, -2),
        ["MeanAbsoluteError"] = (Loss.MeanAbsoluteError, -2),
        ["Huber"] = ((a, b, r) => Loss.Huber(a, b, r, 0.7), -2),
        ["SmoothL1"] = ((a, b, r) => Loss.SmoothL1(a, b, r, 0.7), -2),
        ["LogCosh"] = (Loss.LogCosh, -2),
        ["Poisson"] = ((a, b, r) => Loss.PoissonNegativeLogLikelihood(a, b, r, isFull: true), 0.2),
        ["PoissonRate"] = ((a, b, r) => Loss.PoissonNegativeLogLikelihood(a, b, r, isLogarithm: false), 0.2),
        ["Gaussian"] = ((a, b, r) => Loss.GaussianNegativeLogLikelihood(a, Signs, b, r, isFull: true), 0.2),
        ["BinaryCrossEntropy"] = ((a, b, r) => Loss.BinaryCrossEntropy(a.Sigmoid(), b.Sigmoid(), r), -2),
        ["BinaryCrossEntropyWithLogits"] = ((a, b, r) => Loss.BinaryCrossEntropyWithLogits(a, b.Sigmoid(), r), -2),
        ["KullbackLeibler"] = ((a, b, r) => Loss.KullbackLeibler(a.LogSoftmax(), b.Softmax(), r), -2),
        ["KullbackLeiblerOfLogarithms"] = ((a, b, r) => Loss.KullbackLeibler(a.LogSoftmax(), b.LogSoftmax(), r, isLogarithm: true), -2),
        ["CrossEntropy"] = ((a, b, r) => Loss.CrossEntropy(a * b, Classes, r), -2),
        ["WeightedCrossEntropy"] = ((a, b, r) => Loss.CrossEntropy(a * b, Classes, r, 0, Weight, 0.2), -2),
        ["CrossEntropyOfProbabilities"] = ((a, b, r) => Loss.CrossEntropy(a, b.Softmax(), r, null, Weight, 0.2), -2),
        ["NegativeLogLikelihood"] = ((a, b, r) => Loss.NegativeLogLikelihood((a * b).LogSoftmax(), Classes, r, null, Weight), -2),
        ["HingeEmbedding"] = ((a, b, r) => Loss.HingeEmbedding(a * b, Signs, r), 0.1),
        ["CosineEmbedding"] = ((a, b, r) => Loss.CosineEmbedding(a, b, RowSigns, r, 0.2), -2),
        ["TripletMargin"] = ((a, b, r) => Loss.TripletMargin(a, b, a.Square(), r), -2),
        ["TripletMarginSwapped"] = ((a, b, r) => Loss.TripletMargin(a, b, a * b, r, 3, power: 3, swaps: true), -2),
        ["MarginRanking"] = ((a, b, r) => Loss.MarginRanking(a, b, Signs, r, 0.3), -2),
        ["SoftMargin"] = ((a, b, r) => Loss.SoftMargin(a * b, Signs, r), -2),
        ["MultiMargin"] = ((a, b, r) => Loss.MultiMargin(a * b, Classes, r, 2, 0.9, Weight), -2),
        ["MultiLabelMargin"] = ((a, b, r) => Loss.MultiLabelMargin(a * b, Tensor.From([2L, 0, -1, 1, -1, 2], [2, 3]), r), -2),
        ["MultiLabelSoftMargin"] = ((a, b, r) => Loss.MultiLabelSoftMargin(a, b.Sigmoid(), r, Weight), -2),
        ["Focal"] = ((a, b, r) => Loss.Focal(a, b.Sigmoid(), r), -2),
        ["Dice"] = ((a, b, r) => Loss.Dice(a.Sigmoid(), b.Sigmoid(), r), -2),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_are_those_of_differences(string name)
    {
        (Func<Tensor, Tensor, Reduction, Tensor> loss, double low) = Losses[name];
        Tensor a = Tensor.Uniform([2, 3], new RandomKey(5), low, 2, DType.Float64), b = Tensor.Uniform([2, 3], new RandomKey(6), low, 2, DType.Float64);
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            Func<Tensor[], Tensor> scalar = x =>
            {
                Tensor y = loss(x[0], x[1], reduction);
                return (y * Tensor.Linspace(0.5, 1.5, y.ElementCount, DType.Float64).Reshape(y.Shape)).Sum();
            };
            GradientCheckReport report = GradientCheck.Run(scalar, a, b);
            Assert.True(report.Passed, $"{name}, {reduction}\n{report}");
            Func<Tensor[], Tensor> slope = x => Differentiate.Grad(scalar)(x).Select(gradient => gradient.Square().Sum()).Aggregate((left, right) => left + right);
            Assert.True(GradientCheck.Run(slope, a, b).Passed, $"{name}, {reduction}, order 2");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Mean_and_sum_are_those_of_the_values(string name)
    {
        if (name is "WeightedCrossEntropy" or "NegativeLogLikelihood") return; // their mean is weighted, see below
        (Func<Tensor, Tensor, Reduction, Tensor> loss, double low) = Losses[name];
        Tensor a = Tensor.Uniform([2, 3], new RandomKey(7), low, 2, DType.Float64), b = Tensor.Uniform([2, 3], new RandomKey(8), low, 2, DType.Float64);
        double[] values = loss(a, b, Reduction.None).ToArray<double>();
        Assert.Equal(values.Sum(), loss(a, b, Reduction.Sum).Item<double>(), 1e-14);
        Assert.Equal(values.Average(), loss(a, b, Reduction.Mean).Item<double>(), 1e-14);
    }

    [Fact]
    public void Values_are_those_of_the_formulas()
    {
        Tensor x = Tensor.From([0.3, -2.5]), t = Tensor.From([0.0, 0]);
        Close([0.045, 0.7 * (2.5 - 0.35)], Loss.Huber(x, t, Reduction.None, 0.7));
        Close([0.045 / 0.7, 2.5 - 0.35], Loss.SmoothL1(x, t, Reduction.None, 0.7));
        Close([Math.Log(Math.Cosh(0.3)), Math.Log(Math.Cosh(2.5))], Loss.LogCosh(x, t, Reduction.None));
        Close([1e-16 / 2, 800 - Math.Log(2)], Loss.LogCosh(Tensor.From([1e-8, -800]), t, Reduction.None));
        Close([Math.Exp(0.3), Math.Exp(-2.5)], Loss.PoissonNegativeLogLikelihood(x, t, Reduction.None));
        Close([0.25 * Math.Pow(1 / (1 + Math.Exp(0.3)), 2) * Math.Log(1 + Math.Exp(-0.3))], Loss.Focal(Tensor.From([0.3]), Tensor.From([1.0])));
        Close([1 - (2 * 0.5 + 1) / (0.8 + 1 + 1)], Loss.Dice(Tensor.From([0.5, 0.3], [1, 2]), Tensor.From([1.0, 0], [1, 2])));
        Close([(Math.Log(1 + Math.Exp(-0.3)) + Math.Log(1 + Math.Exp(-2.5))) / 2], Loss.MultiLabelSoftMargin(x, Tensor.From([1.0, 0])));
        Close([Math.Log(1 + Math.Exp(-0.3)), Math.Log(1 + Math.Exp(2.5))], Loss.SoftMargin(x, Tensor.From([1.0, 1]), Reduction.None));
        Close([(Math.Max(0, 1 - 0.2 + 0.1) + Math.Max(0, 1 - 0.2 - 0.8)) / 3], Loss.MultiMargin(Tensor.From([0.1, 0.2, -0.8]), Tensor.From([1L], [])));
        // Classes 3 and 0 against 1 and 2: the example of PyTorch's documentation.
        Close([0.85], Loss.MultiLabelMargin(Tensor.From([0.1, 0.2, 0.4, 0.8], [1, 4]), Tensor.From([3L, 0, -1, 1], [1, 4])));
    }

    [Fact]
    public void A_weighted_mean_is_over_the_weights_of_what_counts()
    {
        Tensor logits = Tensor.From([1.0, 2, 0.5, 0.1, 0.2, 0.3, 5, 5, 5], [3, 3]), target = Tensor.From([2L, 0, 1]);
        double[] values = Loss.CrossEntropy(logits, target, Reduction.None).ToArray<double>();
        double expected = (1.5 * values[0] + 0.5 * values[1]) / 2;
        Close([expected], Loss.CrossEntropy(logits, target, ignoredIndex: 1, weight: Weight));
    }

    [Fact]
    public void Ignored_rows_contribute_nothing_whatever_they_hold()
    {
        Tensor logits = Tensor.From([1.0, 2, -Infinity, -Infinity, double.NaN, 1], [3, 2]).RequiresGrad();
        Tensor loss = Loss.CrossEntropy(logits, Tensor.From([1L, -100, -100]), ignoredIndex: -100, labelSmoothing: 0.1);
        loss.Backward();
        Assert.Equal([0.0, 0, 0, 0], logits.Grad!.ToArray<double>()[2..]);
        Close([Loss.CrossEntropy(logits.Detach()[..1], Tensor.From([1L]), labelSmoothing: 0.1).Item<double>()], loss);
        Assert.Equal(0, Loss.CrossEntropy(logits.Detach(), Tensor.From([-1L, -1, -1]), ignoredIndex: -1).Item<double>());
    }

    [Fact]
    public void A_target_probability_of_0_asks_nothing_of_the_prediction()
    {
        Tensor prediction = Tensor.From([-Infinity, Math.Log(0.5)]).RequiresGrad();
        Tensor loss = Loss.KullbackLeibler(prediction, Tensor.From([0.0, 1]), Reduction.None);
        Close([0, Math.Log(2)], loss);
        loss.Sum().Backward();
        Assert.Equal([0.0, -1], prediction.Grad!.ToArray<double>());
    }

    [Fact]
    public void The_gradient_of_a_saturated_logit_is_not_lost()
    {
        Tensor logits = Tensor.Full([8], -50, DType.Float64).RequiresGrad();
        Loss.BinaryCrossEntropyWithLogits(logits, Tensor.Ones([8], DType.Float64)).Backward();
        Close([.. Enumerable.Repeat(-0.125, 8)], logits.Grad!);
    }

    [Fact]
    public void SmoothL1_with_a_beta_of_0_is_the_absolute_difference()
    {
        Tensor x = Tensor.From([1.0, 0, -3]).RequiresGrad();
        Loss.SmoothL1(x, Tensor.Zeros([3], DType.Float64), Reduction.Sum, beta: 0).Backward();
        Assert.Equal([1.0, 0, -1], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Equal_vectors_give_a_triplet_no_undefined_gradient()
    {
        Tensor anchor = Tensor.Zeros([1, 3], DType.Float64).RequiresGrad();
        Loss.TripletMargin(anchor, Tensor.Zeros([1, 3], DType.Float64), Tensor.Zeros([1, 3], DType.Float64), epsilon: 0).Backward();
        Assert.Equal([0.0, 0, 0], anchor.Grad!.ToArray<double>());
    }

    [Fact]
    public void Wrong_arguments_name_themselves()
    {
        Tensor two = Tensor.From([0.5, 0.5]), logits = Tensor.Zeros([2, 3]);
        Mentions("there is no class 3", Assert.Throws<ShapeException>(() => Loss.CrossEntropy(logits, Tensor.From([0L, 3]))));
        Mentions("there is no class -1", Assert.Throws<ShapeException>(() => Loss.NegativeLogLikelihood(logits, Tensor.From([0L, -1]))));
        Mentions("there is no class 5", Assert.Throws<ShapeException>(() => Loss.MultiMargin(logits, Tensor.From([0L, 5]))));
        Mentions("weight has shape [2]", Assert.Throws<ShapeException>(() => Loss.CrossEntropy(logits, Tensor.From([0L, 1]), weight: two)));
        Mentions("probability must lie between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.BinaryCrossEntropy(Tensor.From([0.5, 1.5]), two)));
        Mentions("variance must lie", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.GaussianNegativeLogLikelihood(two, two, Tensor.From([-1.0, 1]))));
        Mentions("1 or -1", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.HingeEmbedding(two, two)));
        Mentions("one sign for each pair", Assert.Throws<ShapeException>(() => Loss.CosineEmbedding(logits, logits, Tensor.Ones([3]))));
        Mentions("must be equal", Assert.Throws<ShapeException>(() => Loss.Focal(logits, two)));
        Mentions("smoothing", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(logits, Tensor.From([0L, 1]), labelSmoothing: 2)));
    }

    private static void Close(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-15 + 1e-13 * Math.Abs(pair.First)));

    private static void Mentions(string part, Exception exception) => Assert.Contains(part, exception.Message, StringComparison.Ordinal);
}
