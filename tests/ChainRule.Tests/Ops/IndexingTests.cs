namespace ChainRule.Tests.Ops;

/// <summary>Order, ties, NaN, positions, empty tensors and refusals of the operations that choose, sort and place.</summary>
public sealed class IndexingTests
{
    private const double NaN = double.NaN;

    [Fact]
    public void Sorting_keeps_the_order_of_equal_elements_and_puts_NaN_last()
    {
        Tensor x = new[] { 2.0, NaN, -0.0, 2, 0, NaN, -1 };
        Assert.Equal([6, 2, 4, 0, 3, 1, 5], x.Argsort().ToArray<long>());
        Assert.Equal([0, 3, 2, 4, 6, 1, 5], x.Argsort(descending: true).ToArray<long>());
        Assert.Equal([1, 3, 0, 2], Tensor.From([true, false, true, false]).Argsort().ToArray<long>());
    }

    [Fact]
    public void Sorting_a_long_row_is_stable_for_every_length_around_the_merges()
    {
        foreach (int length in new[] { 1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 255, 1000 })
        {
            long[] keys = Tensor.RandomIntegers([length], new RandomKey(length), -5, 6).ToArray<long>();
            long[] expected = [.. Enumerable.Range(0, length).OrderBy(i => keys[i]).Select(i => (long)i)];
            long[] descending = [.. Enumerable.Range(0, length).OrderByDescending(i => keys[i]).Select(i => (long)i)];
            Assert.Equal(expected, Tensor.From(keys).Argsort().ToArray<long>());
            Assert.Equal(descending, Tensor.From(keys).To(DType.Float32).Argsort(descending: true).ToArray<long>());
        }
    }

    [Fact]
    public void The_largest_come_with_their_positions_and_a_gradient_for_them_alone()
    {
        (Tensor values, Tensor positions) = ((Tensor)new[] { 1.0, 5, 5, 2 }).TopK(2);
        Assert.Equal([5, 5], values.ToArray<double>());
        Assert.Equal([1, 2], positions.ToArray<long>());
        Assert.Equal([0, 1, 1, 0], Differentiate.Grad(x => x.TopK(2).Values.Sum())(new[] { 1.0, 5, 5, 2 }).ToArray<double>());
        Assert.Equal(1, ((Tensor)new[] { 4.0, 1, 3 }).Kthvalue(1).Position.Item<long>());
    }

    [Fact]
    public void NaN_passes_through_choices_of_one_value()
    {
        Tensor x = new[] { 1, NaN, 3 };
        Assert.Equal(NaN, x.Median().Item<double>());
        Assert.Equal(NaN, x.Quantile(0, rule: QuantileRule.Lower).Item<double>());
        Assert.Equal([1, NaN, NaN], x.CumulativeMax(0).Values.ToArray<double>());
        Assert.Equal([0, 1, 1], x.CumulativeMin(0).Positions.ToArray<long>());
        Assert.Equal([1, NaN], Tensor.From([1.0, 1]).ScatterReduce(0, Tensor.From([1L]), new[] { NaN }, ScatterRule.Max).ToArray<double>());
    }

    [Fact]
    public void NaN_is_left_out_where_that_is_asked_for()
    {
        Tensor x = new[] { 1, NaN, 3 };
        Assert.Equal(4, x.NanSum().Item<double>());
        Assert.Equal(2, x.NanMean().Item<double>());
        Assert.Equal([0.5, 0, 0.5], Differentiate.Grad(v => v.NanMean())(x).ToArray<double>());
        Assert.Equal(3, x.CountNonzero().Item<long>());
        Assert.Equal(NaN, Tensor.From([NaN]).NanMean().Item<double>());
    }

    [Fact]
    public void Quantiles_between_infinite_elements_are_no_NaN()
    {
        Tensor x = new[] { 0, 1, double.PositiveInfinity };
        Assert.Equal(1, x.Median().Item<double>());
        Assert.Equal(double.PositiveInfinity, x.Quantile(0.75).Item<double>());
        Assert.Equal(2, Tensor.From([1, 2, 3]).Median().Item<double>());
        Assert.Equal(1.5, Tensor.From([2.0, 1]).Median().Item<double>());
    }

    [Fact]
    public void Unique_gives_values_the_way_back_and_counts()
    {
        Tensor x = Tensor.From([3L, 1, 3, 2, 1, 3], [2, 3]);
        (Tensor values, Tensor inverse, Tensor counts) = x.Unique();
        Assert.Equal([1, 2, 3], values.ToArray<long>());
        Assert.Equal([2, 1, 3], counts.ToArray<long>());
        Assert.Equal([2, 3], inverse.Shape);
        Assert.Equal(x.ToArray<long>(), values.Take(inverse).ToArray<long>());
        Assert.Equal([false, true], Tensor.From([true, false, true]).Unique().Values.ToArray<bool>());
        Assert.Equal([1, 0, 1], Differentiate.Grad(v => v.Unique().Values.Sum())(new[] { 3.0, 3, 1 }).ToArray<double>());
    }

    [Fact]
    public void The_most_frequent_element_wins_and_of_equally_frequent_ones_the_smallest()
    {
        Assert.Equal(3, Tensor.From([1L, 3, 3, 1, 3]).Mode().Item<long>());
        Assert.Equal(1, Tensor.From([3L, 1, 3, 1, 2]).Mode().Item<long>());
        Assert.Equal(NaN, ((Tensor)new[] { NaN, 1, NaN }).Mode().Item<double>());
    }

    [Fact]
    public void Search_finds_the_place_before_or_behind_equal_elements_and_NaN_behind_all()
    {
        Tensor sequence = new[] { 1.0, 2, 2, 4, NaN };
        Tensor values = new[] { 0.0, 2, 3, 9, NaN };
        Assert.Equal([0, 1, 3, 4, 4], sequence.SearchSorted(values).ToArray<long>());
        Assert.Equal([0, 3, 3, 4, 5], sequence.SearchSorted(values, right: true).ToArray<long>());
        Assert.Equal([0, 0, 1, 2], ((Tensor)new[] { 0.0, 1, 1.5, 3 }).Bucketize(new[] { 1.0, 2 }).ToArray<long>());
    }

    [Fact]
    public void Histogram_counts_the_upper_edge_and_takes_its_range_from_the_values()
    {
        (Tensor counts, Tensor edges) = ((Tensor)new[] { 0.0, 1, 2, 3, 4, NaN }[..5]).Histogram(4);
        Assert.Equal([1, 1, 1, 2], counts.ToArray<long>());
        Assert.Equal([0, 1, 2, 3, 4], edges.ToArray<double>());
        Assert.Equal([0, 2], ((Tensor)new[] { 1.0, 1, NaN }).Histogram(2, 0, 1.5).Counts.ToArray<long>());
        Assert.Equal([0, 3, 0], ((Tensor)new[] { 5.0, 5, 5 }).Histogram(3).Counts.ToArray<long>());
    }

    [Fact]
    public void Counts_of_small_numbers_and_repeats_by_number()
    {
        Assert.Equal([0, 2, 0, 1], Tensor.From([1L, 3, 1]).Bincount().ToArray<long>());
        Assert.Equal([1, 1, 3], ((Tensor)new[] { 1.0, 2, 3 }).RepeatInterleave(Tensor.From([2L, 0, 1])).ToArray<double>());
        Assert.Equal([2, 0, 1], Differentiate.Grad(x => x.RepeatInterleave(Tensor.From([2L, 0, 1])).Sum())(new[] { 1.0, 2, 3 }).ToArray<double>());
    }

    [Fact]
    public void Triangles_list_their_positions_row_by_row()
    {
        Assert.Equal([0, 1, 1, 0, 0, 1], Tensor.TrilIndices(2, 3).ToArray<long>());
        Assert.Equal([0, 0, 1, 1, 2, 2], Tensor.TriuIndices(2, 3, 1).ToArray<long>());
    }

    [Fact]
    public void The_norm_of_power_0_counts() => Assert.Equal([1, 2], Tensor.From([0.0, 3, 2, -1], [2, 2]).Norm(0, 0).ToArray<double>());

    [Fact]
    public void Running_sums_of_float32_are_rounded_once()
    {
        Tensor x = Tensor.Full([100_000], 0.1);
        double exact = 0.1f * 100_000.0;
        Assert.Equal((float)exact, x.CumulativeSum(0)[^1].Item<float>());
        Assert.Equal([1, 3, 6], Tensor.From([1, 2, 3]).CumulativeSum(0).ToArray<long>());
        Assert.Equal([1, 2, 6], Tensor.From([1, 2, 3]).CumulativeProd(0).ToArray<long>());
        Assert.Equal(double.NegativeZero, ((Tensor)new[] { -1.0, 0 }).CumulativeProd(0)[1].Item<double>());
    }

    [Fact]
    public void Running_log_sums_neither_overflow_nor_vanish()
    {
        Tensor x = new[] { -2000.0, -1000, -1000, 1000, -double.PositiveInfinity };
        double[] expected = [-2000, -1000, -1000 + Math.Log(2), 1000, 1000], actual = x.CumulativeLogSumExp(0).ToArray<double>();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
        Assert.Equal([0, 0.5, 0.5, 0, 0], Differentiate.Grad(v => v.CumulativeLogSumExp(0)[2])(x).ToArray<double>());
    }

    [Fact]
    public void A_group_that_overflows_leaves_the_products_of_the_others_alone()
    {
        Tensor places = Tensor.From([0L, 0, 1, 1]);
        Tensor y = Tensor.Ones([3], DType.Float64).ScatterReduce(0, places, new[] { 1e200, 1e200, 2, 3 }, ScatterRule.Prod);
        Assert.Equal([double.PositiveInfinity, 6, 1], y.ToArray<double>());
    }

    [Fact]
    public void Positions_outside_their_axis_are_refused()
    {
        Tensor x = Tensor.Zeros([2, 3]), far = Tensor.From([3L, 0], [1, 2]), near = Tensor.From([-4L, 0], [1, 2]), source = Tensor.Ones([1, 2]);
        foreach (Tensor places in new[] { far, near })
        {
            Assert.Throws<ShapeException>(() => x.Scatter(1, places, source));
            Assert.Throws<ShapeException>(() => x.ScatterAdd(1, places, source));
            Assert.Throws<ShapeException>(() => x.ScatterReduce(1, places, source, ScatterRule.Max));
            Assert.Throws<ShapeException>(() => x.ScatterReduce(1, places, source, ScatterRule.Prod));
            Assert.Throws<ShapeException>(() => x.IndexAdd(1, places.Flatten(), Tensor.Ones([2, 2])));
            Assert.Throws<ShapeException>(() => x.IndexCopy(1, places.Flatten(), Tensor.Ones([2, 2])));
            Assert.Throws<ShapeException>(() => x.IndexPut([Tensor.From([0L]), places.Flatten()], Tensor.Ones([2])));
        }
        Assert.Throws<ShapeException>(() => Tensor.From([-1L]).Bincount());
        Assert.Throws<ShapeException>(() => x.RepeatInterleave(Tensor.From([1L, -1]), 0));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_the_name_of_the_operation()
    {
        Tensor x = Tensor.Zeros([2, 3]), places = Tensor.From([0L, 1]);
        Refused("TopK", () => x.TopK(4));
        Refused("TopK", () => x.TopK(-1));
        Refused("Kthvalue", () => x.Kthvalue(0));
        Refused("Median", () => Tensor.Zeros([0]).Median());
        Refused("Mode", () => Tensor.Zeros([0]).Mode());
        Refused("Diagonal", () => x.Diagonal(0, 1, -1));
        Refused("DiagonalEmbed", () => ((Tensor)1f).DiagonalEmbed());
        Refused("Trace", () => Tensor.Zeros([2]).Trace());
        Refused("Tril", () => Tensor.Zeros([2]).Tril());
        Refused("SlidingWindows", () => x.SlidingWindows(1, 4));
        Refused("SlidingWindows", () => x.SlidingWindows(1, 1, 0));
        Refused("Tile", () => x.Tile(-1));
        Refused("Repeat", () => x.Repeat(2));
        Refused("Rot90", () => x.Rot90(1, 0, 0));
        Refused("Roll", () => x.Roll(1, 2));
        Refused("Scatter", () => x.Scatter(1, places, x));
        Refused("IndexAdd", () => x.IndexAdd(0, places, Tensor.Ones([1, 3])));
        Refused("IndexCopy", () => x.IndexCopy(0, places, Tensor.Ones([2, 2])));
        Refused("IndexPut", () => x.IndexPut([], x));
        Refused("SearchSorted", () => x.SearchSorted(Tensor.Zeros([3, 2])));
        Refused("Bucketize", () => x.Bucketize(x));
        Refused("Bincount", () => places.Bincount(Tensor.Ones([3])));
        Refused("CumulativeSum", () => ((Tensor)1f).CumulativeSum(1));
        Refused("CartesianProduct", () => Tensor.CartesianProduct());
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Norm(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Norm(NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Quantile(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Quantile(0.3, rule: (QuantileRule)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.ScatterReduce(0, Tensor.Zeros([1, 1], DType.Int64), x, (ScatterRule)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Diff(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Histogram(0));
        Assert.Throws<ArgumentException>(() => x.Histogram(3, 1, 0));
        Assert.Throws<ArgumentException>(() => x.Roll([1], [0, 1]));
        Assert.Throws<DTypeException>(() => x.Scatter(1, x, x));
        Assert.Throws<DTypeException>(() => x.MaskedSelect(x));
        Assert.Throws<DTypeException>(() => x.MaskedFill(x, 0));
        Assert.Throws<DTypeException>(() => Tensor.Where(x, x, v => v, v => v));
    }

    [Fact]
    public void Extreme_offsets_of_diagonals_leave_nothing()
    {
        Tensor x = Tensor.Ones([2, 3]);
        Assert.Equal([0], x.Diagonal(long.MaxValue).Shape);
        Assert.Equal([0], x.Diagonal(long.MinValue).Shape);
        Assert.Equal(0, x.Triu(long.MaxValue).Sum().Item<float>());
        Assert.Equal(6, x.Triu(long.MinValue).Sum().Item<float>());
        Assert.Throws<ShapeException>(() => x.DiagonalEmbed(long.MaxValue));
    }

    private static void Refused(string operation, Action call) => Assert.StartsWith(operation, Assert.Throws<ShapeException>(call).Message, StringComparison.Ordinal);
}
