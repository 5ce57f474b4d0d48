using ChainRule.Nn;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Autograd;

/// <summary>What is done beside the values while a checkpoint runs counts as often as without it.</summary>
public sealed class CheckpointStateTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(null)]
    public void Running_statistics_see_each_batch_once(double? momentum)
    {
        Tensor[] plain = Trained((f, x) => f(x)), kept = Trained(Checkpoint.Run), nested = Trained((f, x) => Checkpoint.Run(v => Checkpoint.Run(f, v), x));
        Assert.Equal(3, kept[0].Item<long>());
        for (int i = 0; i < plain.Length; i++)
        {
            Compare.SameBits(plain[i], kept[i], $"{i}");
            Compare.SameBits(plain[i], nested[i], $"nested {i}");
        }

        Tensor[] Trained(Func<Func<Tensor, Tensor>, Tensor, Tensor> run)
        {
            var norm = new BatchNorm1d(2, momentum: momentum, dtype: DType.Float64);
            for (int step = 0; step < 3; step++)
                run(norm.Forward, Tensor.Normal([5, 2], new RandomKey(step), dtype: DType.Float64)).Square().Sum().Backward();
            return [norm.NumBatchesTracked!.Value, norm.RunningMean!.Value, norm.RunningVar!.Value, norm.Weight!.Value.Grad!];
        }
    }

    [Fact]
    public void A_hook_on_what_is_made_inside_is_called_once_in_each_pass()
    {
        Tensor x = Leaves.Of(1, 2);
        List<double[]> seen = [];
        Tensor loss = Checkpoint.Run(
            v =>
            {
                Tensor inner = v * 3;
                inner.OnGradient(gradient => { seen.Add(gradient.ToArray<double>()); return gradient * 10; });
                return inner.Square();
            },
            x).Sum();
        loss.Backward(retainGraph: true);
        // 2 · 3x, times 10, times 3.
        Assert.Equal([180, 360], x.Grad!.ToArray<double>());
        loss.Backward();
        Assert.Equal([[6, 12], [6, 12]], seen);
    }

    [Fact]
    public void A_retained_gradient_is_left_on_what_the_recomputation_makes()
    {
        Tensor x = Leaves.Of(2);
        Tensor? inner = null;
        Checkpoint.Run(v => Checkpoint.Run(u => { inner = (u * 3).RetainGrad(); return inner.Square(); }, v), x).Backward();
        Assert.Equal(2 * 3 * 2, inner!.Grad!.Item<double>());
        Assert.Equal(2 * 3 * 2 * 3, x.Grad!.Item<double>());
    }

    [Fact]
    public void Hooks_on_arguments_and_on_what_is_closed_over_see_what_they_see_without()
    {
        List<double> plain = Seen((f, x) => f(x)), kept = Seen(Checkpoint.Run), nested = Seen((f, x) => Checkpoint.Run(v => Checkpoint.Run(f, v), x));
        // d/dw (w·x + 7x) = x = 2; by x: w + 7 = 10.
        Assert.Equal([10, 2], plain.Order().Reverse());
        Assert.Equal(plain.Order(), kept.Order());
        Assert.Equal(plain.Order(), nested.Order());

        static List<double> Seen(Func<Func<Tensor, Tensor>, Tensor, Tensor> run)
        {
            Tensor x = Leaves.Of(2), w = Leaves.Of(3);
            List<double> seen = [];
            Tensor y = run(
                v =>
                {
                    v.OnGradient(gradient => { seen.Add(gradient.Item<double>()); return null; });
                    w.OnGradient(gradient => { seen.Add(gradient.Item<double>()); return null; });
                    return v * w;
                },
                x);
            (y + 7 * x).Backward();
            return seen;
        }
    }

    [Fact]
    public void An_argument_that_is_not_tracked_takes_no_hook_inside_either()
    {
        Tensor w = Leaves.Of(3);
        Assert.Contains("RequiresGrad()", Assert.Throws<DifferentiationException>(() => Checkpoint.Run(v => { v.OnGradient(_ => null); return v * w; }, Tensor.From([1.0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_of_modules_are_called_with_the_gradients()
    {
        var layer = new Linear(2, 1, new RandomKey(1), dtype: DType.Float64);
        List<double> seen = [];
        layer.OnBackward((_, gradient) => { seen.Add(gradient.Item<double>()); return gradient * 2; });
        Tensor x = Leaves.Of(1, 2).Reshape(1, 2);
        (Checkpoint.Run(layer.Apply, x) * 5).Sum().Backward();
        Assert.Equal([5.0], seen);
        Assert.Equal(5 * 2, layer.Bias!.Value.Grad!.Item<double>());
    }
}
