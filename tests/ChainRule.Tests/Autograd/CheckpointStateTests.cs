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
}
