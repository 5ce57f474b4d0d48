namespace ChainRule.Tests.Ops;

public sealed class AttentionTests
{
    private static readonly double Infinity = double.PositiveInfinity;

    // H40: the first query sees nothing, the second sees the first place only, so softmax has nothing to choose.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_query_that_sees_nothing_gets_zero_and_spoils_nothing(bool adds)
    {
        Tensor q = Sample([2, 3], 1).RequiresGrad(), k = Sample([2, 3], 2).RequiresGrad(), v = Sample([2, 2], 3).RequiresGrad();
        Tensor sees = Tensor.From([false, false, true, false], [2, 2]);
        Tensor mask = adds ? Tensor.From([-Infinity, -Infinity, 0, -Infinity], [2, 2]) : sees;
        Tensor y = q.ScaledDotProductAttention(k, v, mask);
        y.Backward(Tensor.From([1.0, 2, 3, 4], [2, 2]));
        Assert.Equal([0.0, 0, .. v[0].ToArray<double>()], y.ToArray<double>());
        Assert.Equal([3.0, 4, 0, 0], v.Grad!.ToArray<double>());
        Assert.All([.. q.Grad!.ToArray<double>(), .. k.Grad!.ToArray<double>()], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_nobody_sees_counts_for_nothing_whatever_it_is(double bad)
    {
        Tensor q = Sample([3, 2], 1), k = Sample([3, 2], 2), v = Sample([3, 2], 3), cotangent = Sample([3, 2], 4);
        Tensor sees = Tensor.From([false, false, false, true, true, false, true, true, false], [3, 3]);
        Tensor[] clean = Results(q, k, v), spoilt = Results(Spoilt(q, 0), Spoilt(k, 2), Spoilt(v, 2));
        for (int i = 0; i < clean.Length; i++)
            Laws.Compare.SameBits(clean[i], spoilt[i], $"result {i}");
        Assert.All(clean, result => Assert.All(result.ToArray<double>(), value => Assert.True(double.IsFinite(value))));

        Tensor Spoilt(Tensor x, long row) => Tensor.Where(Tensor.Arange(0, 3).Unsqueeze(1).EqualTo(row), bad, x);

        Tensor[] Results(params Tensor[] inputs)
        {
            foreach (Tensor input in inputs)
                input.RequiresGrad();
            Tensor y = inputs[0].ScaledDotProductAttention(inputs[1], inputs[2], sees);
            return [y.Detach(), .. Differentiate.Gradients(y, inputs, cotangent)];
        }
    }

    [Fact]
    public void Causal_attention_ignores_what_comes_later()
    {
        Tensor q = Sample([4, 2], 1), k = Sample([4, 2], 2), v = Sample([4, 2], 3);
        double[] whole = q.ScaledDotProductAttention(k, v, isCausal: true).ToArray<double>();
        for (int i = 0; i < 4; i++)
        {
            double[] alone = q[i..(i + 1)].ScaledDotProductAttention(k[..(i + 1)], v[..(i + 1)]).ToArray<double>();
            Laws.Compare.Close(whole.AsSpan(2 * i, 2), alone, 1e-14, 1e-15, $"query {i}");
        }
    }

    [Fact]
    public void Places_behind_the_last_query_count_for_nothing()
    {
        Tensor q = Sample([2, 2], 1), k = Sample([4, 2], 2), v = Sample([4, 2], 3).RequiresGrad();
        Tensor isLate = Tensor.Arange(0, 4).Unsqueeze(1) > 1;
        Tensor y = q.ScaledDotProductAttention(Tensor.Where(isLate, double.NaN, k), Tensor.Where(isLate, double.PositiveInfinity, v), isCausal: true);
        Laws.Compare.SameBits(q.ScaledDotProductAttention(Tensor.Where(isLate, 0, k), Tensor.Where(isLate, 0, v), isCausal: true), y, "finite places");
        Laws.Compare.Close(q.ScaledDotProductAttention(k[..2], v[..2], isCausal: true).ToArray<double>(), y.ToArray<double>(), 1e-14, 1e-15, "places left out");
    }

    [Fact]
    public void Large_scores_do_not_overflow()
    {
        Tensor q = Tensor.Full([1, 2], 1e30f), k = Tensor.From([1e30f, 0, -1e30f, 0], [2, 2]) * 1e-25f, v = Tensor.From([5f, 7f], [2, 1]);
        Assert.Equal(5, q.ScaledDotProductAttention(k, v).Item<float>());
    }

    [Fact]
    public void A_gradient_flows_to_a_mask_that_is_added()
    {
        // Two places of scores 0 and m: the weight of the second is σ(m), its slope at 0 a quarter.
        Tensor mask = Tensor.From([0.0, 0], [1, 2]).RequiresGrad();
        Tensor.Zeros([1, 3], DType.Float64).ScaledDotProductAttention(Tensor.Zeros([2, 3], DType.Float64), Tensor.From([0.0, 1], [2, 1]), mask).Sum().Backward();
        Assert.Equal([-0.25, 0.25], mask.Grad!.ToArray<double>());
    }

    private static Tensor Sample(Shape shape, long seed) => Tensor.Normal(shape, new RandomKey(seed), dtype: DType.Float64);
}
