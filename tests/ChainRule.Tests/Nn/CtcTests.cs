using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

/// <summary>CTC against the sum over all ways to read the target, one by one.</summary>
public sealed class CtcTests
{
    private const int Classes = 3;

    public static TheoryData<int, int[]> Targets => new()
    {
        { 4, [1, 2] }, { 4, [1, 1] }, { 5, [2, 2, 1] }, { 3, [1] }, { 4, [] }, { 2, [1, 2] }, { 3, [2, 2] }, { 1, [2] },
    };

    [Theory, MemberData(nameof(Targets))]
    public void The_loss_is_that_of_all_alignments(int times, int[] target)
    {
        Tensor logits = Tensor.Normal([times, 1, Classes], new RandomKey(times), dtype: DType.Float64);
        double[] expected = [-Math.Log(Probability(logits.Softmax().ToArray<double>(), times, target))];
        Tensor loss = Loss.Ctc(logits.LogSoftmax(), Padded(target, target.Length), [times], [target.Length], Reduction.None);
        Assert.Equal(expected[0], loss.Item<double>(), 1e-12);
        Assert.True(GradientCheck.Run(x => Loss.Ctc(x[0].LogSoftmax(), Padded(target, target.Length), [times], [target.Length]), logits).Passed);
    }

    [Fact]
    public void Sequences_of_different_lengths_share_a_batch_and_what_is_beyond_does_not_count()
    {
        Tensor logits = Tensor.Normal([5, 3, Classes], new RandomKey(9), dtype: DType.Float64);
        int[] inputs = [5, 3, 4], lengths = [2, 1, 0];
        int[][] targets = [[1, 1], [2], []];
        Tensor all = Tensor.Concat([Padded(targets[0], 2), Padded(targets[1], 2), Padded(targets[2], 2)]);
        Tensor broken = Tensor.Where(Tensor.Arange(0, 5).Reshape(5, 1, 1) < Tensor.From(inputs).Reshape(1, 3, 1), logits.LogSoftmax(), double.NaN).RequiresGrad();
        double[] losses = Loss.Ctc(broken, all, inputs, lengths, Reduction.None).ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            double[] probabilities = logits[..inputs[i], i].Softmax().ToArray<double>();
            Assert.Equal(-Math.Log(Probability(probabilities, inputs[i], targets[i])), losses[i], 1e-12);
        }
        Tensor mean = Loss.Ctc(broken, all, inputs, lengths);
        Assert.Equal((losses[0] / 2 + losses[1] + losses[2]) / 3, mean.Item<double>(), 1e-12);
        mean.Backward();
        double[,,] gradient = (double[,,])broken.Grad!.ToArray();
        Assert.All(Enumerable.Range(0, Classes), k => Assert.Equal((0.0, 0.0), (gradient[3, 1, k], gradient[4, 2, k])));
        Assert.DoesNotContain(double.NaN, broken.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_target_that_does_not_fit_has_an_infinite_loss_or_none_and_no_gradient()
    {
        foreach (bool zero in new[] { false, true })
        {
            Tensor x = Tensor.Normal([2, 1, Classes], new RandomKey(1), dtype: DType.Float64).LogSoftmax().Detach().RequiresGrad();
            Tensor loss = Loss.Ctc(x, Padded([1, 1], 2), [2], [2], zeroInfinity: zero); // two times for 1, blank, 1
            Assert.Equal(zero ? 0 : double.PositiveInfinity, loss.Item<double>());
            loss.Backward();
            Assert.All(x.Grad!.ToArray<double>(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void A_long_sequence_needs_no_recursion()
    {
        Tensor x = Tensor.Zeros([3000, 1, 2]).LogSoftmax().Detach().RequiresGrad();
        Loss.Ctc(x, Tensor.From([1L], [1, 1]), [3000], [1]).Backward();
        Assert.DoesNotContain(double.NaN, x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Forward_mode_second_derivatives_and_compiled_functions_agree()
    {
        Tensor x = Tensor.Normal([5, 2, Classes], new RandomKey(4), dtype: DType.Float64), target = Tensor.Concat([Padded([1, 2], 2), Padded([2, 1], 2)]), direction = Tensor.Normal(x.Shape, new RandomKey(5), dtype: DType.Float64);
        Func<Tensor, Tensor> loss = v => Loss.Ctc(v.LogSoftmax(), target, [5, 4], [2, 2]);
        Tensor gradient = Differentiate.Grad(loss)(x);
        (Tensor value, Tensor tangent) = Differentiate.Jvp(loss, x, direction);
        Assert.Equal(loss(x).Item<double>(), value.Item<double>(), 1e-13);
        Assert.Equal((gradient * direction).Sum().Item<double>(), tangent.Item<double>(), 1e-13);
        CompiledFunction compiled = Compile.Of(Differentiate.Grad(loss));
        for (int run = 0; run < 4; run++) // recorded, then compared with eager execution, then replayed
            Assert.Equal(Differentiate.Grad(loss)(x + run).ToArray<double>(), compiled.Run(x + run).ToArray<double>());
        Tensor forward = Differentiate.HessianVectorProduct(loss, x, direction), reverse = Differentiate.VectorHessianProduct(loss, x, direction);
        Assert.Equal(forward.ToArray<double>(), reverse.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        double step = 1e-5;
        double[] differences = ((Differentiate.Grad(loss)(x + step * direction) - Differentiate.Grad(loss)(x - step * direction)) / (2 * step)).ToArray<double>();
        Assert.Equal(differences, reverse.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Wrong_arguments_name_themselves()
    {
        Tensor x = Tensor.Zeros([4, 1, Classes]);
        Assert.Contains("label 0 of target 0 is 3", Assert.Throws<ShapeException>(() => Loss.Ctc(x, Padded([3], 1), [4], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("not the blank", Assert.Throws<ShapeException>(() => Loss.Ctc(x, Padded([0], 1), [4], [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Ctc(x, Padded([1], 1), [5], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Ctc(x, Padded([1], 1), [4], [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Ctc(x, Padded([1], 1), [4], [1], blank: 3));
        Assert.Throws<ShapeException>(() => Loss.Ctc(x, Padded([1], 1), [4, 4], [1]));
    }

    private static Tensor Padded(int[] target, int length) =>
        Tensor.From([.. target.Concat(Enumerable.Repeat(0, length - target.Length))], [1, length]);

    // Every sequence of classes that reads as the target once repetitions are merged and blanks (0) removed.
    private static double Probability(double[] probabilities, int times, int[] target)
    {
        double sum = 0;
        for (int way = 0; way < Math.Pow(Classes, times); way++)
        {
            int[] path = [.. Enumerable.Range(0, times).Select(time => way / (int)Math.Pow(Classes, time) % Classes)];
            int[] read = [.. path.Where((label, time) => label != 0 && (time == 0 || path[time - 1] != label))];
            if (read.SequenceEqual(target))
                sum += path.Select((label, time) => probabilities[time * Classes + label]).Aggregate(1.0, (a, b) => a * b);
        }
        return sum;
    }
}
