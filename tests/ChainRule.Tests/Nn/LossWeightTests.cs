using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

/// <summary>Weights of the binary cross entropies, targets that are no probabilities, and how little the margin of several labels needs.</summary>
[Collection<Alone>]
public sealed class LossWeightTests
{
    private static readonly double[] Logits = [0.3, -2.5, 40, -40], Targets = [1, 0.25, 1, 0], Weights = [0.5, 3, 2, 0];

    [Theory]
    [InlineData(Reduction.None)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    public void Each_element_of_a_binary_cross_entropy_counts_by_its_weights(Reduction reduction)
    {
        const double Yes = 2.5;
        Tensor x = Tensor.From(Logits), t = Tensor.From(Targets), weight = Tensor.From(Weights);
        double[] plain = [.. Logits.Zip(Targets, (x, t) => t * Softplus(-x) + (1 - t) * Softplus(x))];
        double[] positive = [.. Logits.Zip(Targets, (x, t) => Yes * t * Softplus(-x) + (1 - t) * Softplus(x))];
        Close(Reduced([.. plain.Zip(Weights, (value, w) => value * w)], reduction), Loss.BinaryCrossEntropyWithLogits(x, t, reduction, weight));
        Close(Reduced(positive, reduction), Loss.BinaryCrossEntropyWithLogits(x, t, reduction, positiveWeight: Yes));
        Close(Reduced([.. positive.Zip(Weights, (value, w) => value * w)], reduction), Loss.BinaryCrossEntropyWithLogits(x, t, reduction, weight, Tensor.From([Yes])));
        double[] p = [0.25, 0.75, 0.5, 0.125];
        double[] ofProbabilities = [.. p.Zip(Targets, (p, t) => -t * Math.Log(p) - (1 - t) * Math.Log(1 - p)).Zip(Weights, (value, w) => value * w)];
        Close(Reduced(ofProbabilities, reduction), Loss.BinaryCrossEntropy(Tensor.From(p), t, reduction, weight));
    }

    [Fact]
    public void Gradients_of_weighted_binary_cross_entropies_are_those_of_their_differences()
    {
        Tensor x = Tensor.From([0.3, -2.5, 1.5]), t = Tensor.From([1.0, 0.25, 0]), weight = Tensor.From([0.5, 3, 2]), yes = Tensor.From([2.5, 0.5, 4]);
        Assert.True(GradientCheck.Run(z => Loss.BinaryCrossEntropyWithLogits(z[0], t, Reduction.Sum, weight, yes), x).Passed);
        Assert.True(GradientCheck.Run(z => Loss.BinaryCrossEntropy(z[0].Sigmoid(), t, Reduction.Sum, weight), x).Passed);
    }

    [Fact]
    public void An_answer_that_the_target_rules_out_costs_nothing_even_at_infinity()
    {
        Tensor x = Tensor.From([double.PositiveInfinity, double.NegativeInfinity, 3]).RequiresGrad();
        Tensor loss = Loss.BinaryCrossEntropyWithLogits(x, Tensor.From([1.0, 0, 1]), Reduction.Sum, Tensor.From([1.0, 1, 0]), 2.0);
        Assert.Equal(0, loss.Item<double>());
        loss.Backward();
        Assert.Equal([0.0, 0, 0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Targets_and_rates_that_are_none_are_refused_while_compiled_too()
    {
        (string Argument, Func<Tensor, Tensor> Loss, double Good, double[] Bad)[] rows =
        [
            ("target", t => Loss.CrossEntropy(Tensor.Zeros([2]), t), 0.5, [-3, 9, 1.0001]),
            ("target", t => Loss.KullbackLeibler(Tensor.Zeros([2]), t), 1, [5, -0.1]),
            ("prediction", rate => Loss.PoissonNegativeLogLikelihood(rate, Tensor.Ones([2]), isLogarithm: false), 3, [-1]),
            ("probabilities", p => Tensor.Bernoulli(p, new RandomKey(1)), 1, [1.2, -1, double.NaN]),
        ];
        foreach ((string argument, Func<Tensor, Tensor> loss, double good, double[] bad) in rows)
        {
            CompiledFunction compiled = Compile.Of(loss);
            for (int i = 0; i < 4; i++)
                compiled.Run(Both(good));
            foreach (double value in bad)
            {
                Assert.Throws<ArgumentOutOfRangeException>(argument, () => loss(Both(value)));
                Assert.Throws<ArgumentOutOfRangeException>(argument, () => compiled.Run(Both(value)));
            }
        }

        static Tensor Both(double second) => Tensor.From([0f, (float)second]);
    }

    [Fact]
    public void An_ignored_class_among_probabilities_is_refused() =>
        Assert.StartsWith("CrossEntropy: ignoredIndex", Assert.Throws<ArgumentException>("ignoredIndex", () => Loss.CrossEntropy(Tensor.Zeros([3]), Tensor.Full([3], 0.5), ignoredIndex: 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_margin_of_few_labels_among_many_classes_needs_only_labels_times_classes()
    {
        const long Batch = 2, Classes = 200, Labels = 3;
        Tensor scores = Tensor.Normal([Batch, Classes], new RandomKey(1), dtype: DType.Float64).RequiresGrad();
        long[] listed = [.. Enumerable.Repeat(-1L, (int)(Batch * Classes))];
        (listed[0], listed[1], listed[2], listed[Classes]) = (7, 3, 7, 199); // one class twice
        long largest = 0;
        Action<Op, Operands, Tensor>? before = Interpreter.Witness;
        Interpreter.Witness = (_, _, y) => largest = Math.Max(largest, y.ElementCount);
        Tensor loss;
        try
        {
            loss = Loss.MultiLabelMargin(scores, Tensor.From<long>(listed, [Batch, Classes]), Reduction.None);
            loss.Sum().Backward();
        }
        finally
        {
            Interpreter.Witness = before;
        }
        Assert.InRange(largest, 1, Batch * Classes * Labels);
        double[] x = scores.ToArray<double>();
        Close([Margin(x[..200], [7, 3]), Margin(x[200..], [199])], loss);
        Assert.Equal(0, Loss.MultiLabelMargin(scores, Tensor.Full([Batch, Classes], -1, DType.Int64)).Item<double>());
    }

    private static double Margin(double[] x, int[] own) =>
        own.Sum(j => x.Where((_, i) => !own.Contains(i)).Sum(other => Math.Max(0, 1 - x[j] + other))) / x.Length;

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double[] Reduced(double[] values, Reduction reduction) =>
        reduction switch { Reduction.None => values, Reduction.Sum => [values.Sum()], _ => [values.Average()] };

    private static void Close(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.Flatten().ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(1, Math.Abs(pair.First))));
}
