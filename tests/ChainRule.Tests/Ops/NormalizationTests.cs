using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Tests.Ops;

/// <summary>Hard cases of the numeric contract for normalisations and embeddings.</summary>
public sealed class NormalizationTests
{
    [Fact]
    public void Layer_norm_over_one_element_is_the_bias_and_its_weight_has_gradient_zero() // H65
    {
        Tensor x = Tensor.Full([3, 1], 1e6f).RequiresGrad(), weight = Tensor.Full([1], 2).RequiresGrad(), bias = Tensor.Full([1], 0.25).RequiresGrad();
        Tensor y = x.LayerNorm([1], weight, bias);
        Assert.Equal([0.25f, 0.25f, 0.25f], y.ToArray<float>());
        y.Sum().Backward();
        Assert.Equal([0], weight.Grad!.ToArray<float>());
        Assert.Equal([0, 0, 0], x.Grad!.ToArray<float>());
        Assert.Equal([3], bias.Grad!.ToArray<float>());
    }

    [Fact]
    public void Volumes_are_normalized_by_channel_and_by_channel_of_each_example()
    {
        const double Epsilon = 1e-3;
        Tensor x = Tensor.Normal([2, 3, 2, 3, 2], new RandomKey(1), 1, 2, DType.Float64);
        var batch = new BatchNorm3d(3, Epsilon, momentum: 0.3, dtype: DType.Float64);
        var instance = new InstanceNorm3d(3, Epsilon, dtype: DType.Float64);
        double[] values = x.ToArray<double>(), byChannel = batch.Forward(x).ToArray<double>(), byExample = instance.Forward(x).ToArray<double>();
        for (int i = 0; i < values.Length; i++)
        {
            // [example, channel, 12 elements]
            int example = i / 36, channel = i / 12 % 3;
            double[] own = values[(12 * (3 * example + channel))..(12 * (3 * example + channel + 1))], other = values[(12 * (3 * (1 - example) + channel))..(12 * (3 * (1 - example) + channel + 1))];
            Assert.Equal(Standard(values[i], [.. own, .. other]), byChannel[i], 1e-13);
            Assert.Equal(Standard(values[i], own), byExample[i], 1e-13);
        }
        double[] first = [.. values[..12], .. values[36..48]];
        Assert.Equal(0.3 * first.Average(), batch.RunningMean!.Value[0].Item<double>(), 1e-14);
        Assert.Equal(0.7 + 0.3 * first.Sum(value => (value - first.Average()) * (value - first.Average())) / 23, batch.RunningVar!.Value[0].Item<double>(), 1e-14);
        Assert.Equal(["BatchNorm3d(3)", "InstanceNorm3d(3)"], new Module[] { batch, instance }.Select(layer => layer.ToString()));

        static double Standard(double value, double[] all) =>
            (value - all.Average()) / Math.Sqrt(all.Sum(other => (other - all.Average()) * (other - all.Average())) / all.Length + Epsilon);
    }

    [Fact]
    public void Rows_whose_squares_overflow_are_normalized_like_the_same_rows_in_the_ordinary_range()
    {
        // A power of 2, so that both rows have the same digits; ε is nothing beside either variance.
        float[] ordinary = [1e9f, -1e9f, 3e8f, 0], large = [.. ordinary.Select(value => value * MathF.ScaleB(1, 60))];
        Tensor usual = Tensor.From(ordinary), huge = Tensor.From(large);
        Assert.Equal(usual.LayerNorm([4]).ToArray<float>(), huge.LayerNorm([4]).ToArray<float>());
        foreach (Tensor pair in new Tensor[] { Tensor.From([1e20f, -1e20f]), Tensor.From([3e38f, -3e38f]), Tensor.From([1e200, -1e200]) })
            Assert.Equal([1.0, -1], pair.LayerNorm([2]).ToArray<double>(), (expected, actual) => Math.Abs(expected - actual) <= 2e-7);
        Assert.All(Tensor.From([1f, float.PositiveInfinity]).LayerNorm([2]).ToArray<float>(), value => Assert.True(float.IsNaN(value)));

        Tensor weight = Tensor.From([1f, 2, 3, 4]);
        float[] slope = Differentiate.Grad(x => (x.LayerNorm([4]) * weight).Sum())(usual).ToArray<float>();
        float[] small = Differentiate.Grad(x => (x.LayerNorm([4]) * weight).Sum())(huge).ToArray<float>();
        Assert.Equal(slope, small.Select(value => value * MathF.ScaleB(1, 60)));
    }

    [Fact]
    public void A_large_mean_leaves_nothing_in_the_result()
    {
        float[] near = [0, 1, 2, 3], far = [.. near.Select(value => value + 1e6f)];
        Assert.Equal(Tensor.From(near).Standardize().ToArray<float>(), Tensor.From(far).Standardize().ToArray<float>());
    }

    [Fact]
    public void The_gradient_of_the_sum_of_a_layer_norm_is_zero_up_to_rounding() // H68
    {
        Tensor x = Tensor.Normal([4, 10], new RandomKey(1), dtype: DType.Float64).RequiresGrad();
        x.LayerNorm([10]).Sum().Backward();
        Assert.All(x.Grad!.ToArray<double>(), gradient => Assert.InRange(gradient, -1e-14, 1e-14));
    }

    [Fact]
    public void The_row_of_the_padding_index_gets_no_gradient() // H59
    {
        var layer = new Embedding(5, 2, paddingIndex: 0, frozenRows: [2]);
        Assert.Equal([0, 0], layer.Weight.Value[0].ToArray<float>());
        layer.Forward(Tensor.From([0L, 1, 1, 2], [1, 4])).Sum().Backward();
        Assert.Equal([0, 0, 2, 2, 0, 0, 0, 0, 0, 0], layer.Weight.Grad!.ToArray<float>());

        var padded = new Embedding(5, 2, paddingIndex: 0);
        padded.Forward(Tensor.From([0L, 1, 1, 2], [1, 4])).Sum().Backward();
        Assert.Equal([0, 0, 2, 2, 1, 1, 0, 0, 0, 0], padded.Weight.Grad!.ToArray<float>());
    }

    [Fact]
    public void Running_statistics_are_buffers_that_are_saved_and_converted_but_not_trained()
    {
        var model = new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], model.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(["1.running_mean", "1.running_var", "1.num_batches_tracked"], model.NamedBuffers().Select(buffer => buffer.Name));
        model.To(DType.Float64);
        Assert.Equal([DType.Float64, DType.Float64, DType.Int64], model.NamedBuffers().Select(buffer => buffer.Value.DType));
        model.Forward(Tensor.Normal([2, 1, 5, 5], new RandomKey(2), dtype: DType.Float64));
        Assert.Equal(1, model.NamedBuffers()[2].Value.Item<long>());
        Assert.All(model.NamedBuffers(), buffer => Assert.False(buffer.Value.IsTracked));
    }

    [Fact]
    public void Batch_norm_in_training_says_that_Vmap_has_no_single_batch()
    {
        var layer = new BatchNorm1d(2);
        Tensor x = Tensor.Normal([3, 4, 2], new RandomKey(3));
        Assert.Contains("Vmap", Assert.Throws<InvalidOperationException>(() => Differentiate.Vmap(layer.Forward)(x)).Message, StringComparison.Ordinal);
        layer.Eval();
        Assert.Equal(x.Shape, Differentiate.Vmap(layer.Forward)(x).Shape);
    }

    [Fact]
    public void Embedding_inside_Vmap_checks_the_ids_of_all_examples()
    {
        Tensor table = Tensor.Arange(0, 6, 1).Reshape(3, 2);
        Tensor ids = Tensor.From([0L, 2, 1, 1], [2, 2]);
        Assert.Equal([0, 1, 4, 5, 2, 3, 2, 3], Differentiate.Vmap(row => row.Embedding(table))(ids).ToArray<float>());
        Assert.Throws<ShapeException>(() => Differentiate.Vmap(row => row.Embedding(table))(Tensor.From([0L, 2, 1, 3], [2, 2])));
    }
}
