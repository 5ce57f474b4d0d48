using ChainRule.Data;

namespace ChainRule.Tests.Data;

public sealed class BatchesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void An_epoch_holds_every_example_once_with_its_label(int prefetch)
    {
        var batches = new Batches(DatasetTests.Numbered(103), 10, new RandomKey(5)) { Prefetch = prefetch };
        Batch[] epoch = [.. batches.Epoch(0)];
        Assert.Equal(11, batches.PerEpoch);
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 3], epoch.Select(batch => batch.Labels.ElementCount));
        Assert.Equal(Enumerable.Range(0, 103).Select(i => (float)i), Numbers(epoch).Order());
        Assert.Equal(Numbers(epoch).Select(i => (long)i % 2), epoch.SelectMany(batch => batch.Labels.ToArray<long>()));
    }

    [Fact]
    public void The_order_depends_on_the_key_and_the_epoch_alone()
    {
        var batches = new Batches(DatasetTests.Numbered(100), 7, new RandomKey(5));
        float[] first = Numbers(batches.Epoch(0)), second = Numbers(batches.Epoch(1));
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, first.Order());
        Assert.Equal(first, Numbers(batches.Epoch(0)));
        Assert.Equal(second, Numbers(new Batches(DatasetTests.Numbered(100), 7, new RandomKey(5)) { Prefetch = 4 }.Epoch(1)));
        Assert.NotEqual(first, Numbers(new Batches(DatasetTests.Numbered(100), 7, new RandomKey(6)).Epoch(0)));
        Assert.Equal(first, Numbers(new Batches(DatasetTests.Numbered(100), 9, new RandomKey(5)).Epoch(0)));
    }

    [Fact]
    public void Without_a_key_the_order_is_the_data_sets_own() =>
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (float)i), Numbers(new Batches(DatasetTests.Numbered(20), 6, null).Epoch(3)));

    [Fact]
    public void A_smaller_last_batch_can_be_left_out()
    {
        var batches = new Batches(DatasetTests.Numbered(25), 10, new RandomKey(1)) { DropLast = true };
        Assert.Equal(2, batches.PerEpoch);
        Assert.Equal([10L, 10], batches.Epoch(0).Select(batch => batch.Labels.ElementCount));
        Assert.Empty(new Batches(DatasetTests.Numbered(5), 10, null) { DropLast = true }.Epoch(0));
    }

    [Fact]
    public void Large_batches_are_prefetched_by_themselves()
    {
        Assert.Equal(0, new Batches(DatasetTests.Numbered(100), 32, null).Prefetch);
        Dataset wide = new("wide", Tensor.Zeros([100, 1000]), Tensor.Zeros([100], DType.Int64), ["a"]);
        Assert.True(new Batches(wide, 32, null).Prefetch > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Cancelling_ends_the_loop(int prefetch)
    {
        using var source = new CancellationTokenSource();
        int seen = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (Batch _ in new Batches(DatasetTests.Numbered(1000), 1, new RandomKey(1)) { Prefetch = prefetch }.Epoch(0, source.Token))
            {
                if (++seen == 3)
                    source.Cancel();
            }
        });
        Assert.Equal(3, seen);
    }

    [Fact]
    public void Sizes_and_epochs_must_make_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(DatasetTests.Numbered(5), 0, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(DatasetTests.Numbered(5), 1, null) { Prefetch = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(DatasetTests.Numbered(5), 1, null).Epoch(-1));
    }

    private static float[] Numbers(IEnumerable<Batch> batches) => [.. batches.SelectMany(batch => batch.Inputs.ToArray<float>())];
}
