namespace ChainRule.Tests.Autograd;

/// <summary>The same tensor in several places: sums of ways, views of one memory, broadcasts; and gradients that share none.</summary>
public sealed class SharedGradientTests
{
    [Fact]
    public void A_tensor_added_to_itself_has_slope_two()
    {
        Tensor a = Leaves.Of(3, 5);
        (a + a).Sum().Backward();
        Assert.Equal([2, 2], a.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_tensor_as_both_operands_gets_both_slopes()
    {
        Tensor a = Leaves.Of(3, 5), b = Leaves.Of(3, 5), c = Leaves.Of(3, 5);
        (a * a).Sum().Backward();
        Assert.Equal([6, 10], a.Grad!.ToArray<double>());
        (b - b).Sum().Backward();
        Assert.Equal([0, 0], b.Grad!.ToArray<double>());
        (c / c).Sum().Backward();
        Assert.Equal([0, 0], c.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_matrix_times_itself_gets_the_sums_of_rows_and_columns()
    {
        Tensor a = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 5 } });
        a.MatMul(a).Sum().Backward();
        // d/dA[i, j] = the sum of row j + the sum of column i.
        Assert.Equal([3 + 4, 8 + 4, 3 + 7, 8 + 7], a.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_diamond_adds_its_ways()
    {
        Tensor x = Leaves.Of(1, 2), left = x * 2, right = x * 3;
        (left * right + left).Sum().Backward();
        Assert.Equal([12 * 1 + 2, 12 * 2 + 2], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Ways_of_different_lengths_meet_before_they_go_on()
    {
        // y = ((x + x) + x) + (x + x): each inner result is used again later.
        Tensor x = Leaves.Of(1), twice = x + x, thrice = twice + x, y = thrice + twice;
        List<double> seen = [];
        twice.OnGradient(gradient =>
        {
            seen.Add(gradient.Item<double>());
            return null;
        });
        y.Sum().Backward();
        Assert.Equal([2.0], seen);
        Assert.Equal(5, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_power_by_doubling_has_the_slope_of_the_power()
    {
        // 2^40 ways lead from the result to x.
        Tensor x = Leaves.Of(1), y = x * 1;
        for (int i = 0; i < 40; i++)
            y += y;
        y.Sum().Backward();
        Assert.Equal(1L << 40, x.Grad!.Item<double>());
    }

    [Fact]
    public void Two_leaves_get_gradients_that_share_no_memory()
    {
        Tensor a = Leaves.Of(1, 2), b = Leaves.Of(3, 4);
        (a + b).Backward(Tensor.From([5.0, 6.0]));
        a.Grad!.Fill(0);
        Assert.Equal([5, 6], b.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_result_and_its_leaf_get_gradients_that_share_no_memory()
    {
        Tensor x = Leaves.Of(1, 2), y = x.Reshape(2, 1).RetainGrad();
        y.Backward(Tensor.From([5.0, 6.0], [2, 1]));
        y.Grad!.Fill(0);
        Assert.Equal([5, 6], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Parts_of_one_cotangent_share_no_memory()
    {
        Tensor a = Leaves.Of(1, 2), b = Leaves.Of(3), c = Leaves.Of(4, 5);
        Tensor.Concat([a, b, c]).Backward(Tensor.From([1.0, 2, 3, 4, 5]));
        a.Grad!.Fill(0);
        c.Grad!.Fill(9);
        Assert.Equal([0, 0], a.Grad.ToArray<double>());
        Assert.Equal([3], b.Grad!.ToArray<double>());
        Assert.Equal([9, 9], c.Grad.ToArray<double>());
    }

    [Fact]
    public void A_gradient_can_be_changed_without_changing_another_tensor()
    {
        Tensor a = Leaves.Of(1, 2), b = Leaves.Of(3, 4);
        (a * b).Sum().Backward();
        a.Grad!.Fill(0);
        b.Grad!.Fill(0);
        Assert.Equal([1, 2], a.ToArray<double>());
        Assert.Equal([3, 4], b.ToArray<double>());
        Tensor sum = Leaves.Of(1, 2);
        sum.Sum().Backward();
        Assert.Equal([8, 8], sum.Grad!.Fill(8).ToArray<double>());
    }

    [Fact]
    public void Gradients_asked_for_twice_share_no_memory()
    {
        Tensor x = Leaves.Of(1, 2);
        Tensor[] gradients = Differentiate.Gradients(x.Square().Sum(), [x, x]);
        gradients[0].Fill(0);
        Assert.Equal([2, 4], gradients[1].ToArray<double>());
    }

    /// <summary>Views of a 2x3 leaf, and where each element of the view lies in it.</summary>
    private static readonly (string Name, Func<Tensor, Tensor> View, int[] Places)[] Views =
    [
        ("reshape", x => x.Reshape(3, 2), [0, 1, 2, 3, 4, 5]),
        ("flatten", x => x.Flatten(), [0, 1, 2, 3, 4, 5]),
        ("transpose", x => x.T, [0, 3, 1, 4, 2, 5]),
        ("transpose and reshape", x => x.T.Reshape(2, 3), [0, 3, 1, 4, 2, 5]),
        ("row", x => x[1], [3, 4, 5]),
        ("last column", x => x[.., ^1], [2, 5]),
        ("element", x => x[1, 0], [3]),
        ("range", x => x[.., 1..], [1, 2, 4, 5]),
        ("step", x => x.Slice(1, 0, 2, 2), [0, 2, 3, 5]),
        ("range of a transpose", x => x.T[1..], [1, 4, 2, 5]),
        ("broadcast", x => x.BroadcastTo([2, 2, 3]), [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]),
        ("flip", x => x.Flip(1), [2, 1, 0, 5, 4, 3]),
        ("rows by number, one twice", x => x.Take(Tensor.From([1L, 0, 1])), [3, 4, 5, 0, 1, 2, 3, 4, 5]),
        ("two that overlap", x => Tensor.Concat([x[.., ..2], x[.., 1..]], 1), [0, 1, 1, 2, 3, 4, 4, 5]),
        ("empty", x => x[.., 3..], []),
    ];

    public static TheoryData<string> ViewNames => [.. Views.Select(row => row.Name)];

    [Fact]
    public void There_are_fifteen_views() => Assert.Equal(15, Views.Length);

    [Theory, MemberData(nameof(ViewNames))]
    public void The_gradient_of_a_view_goes_where_its_elements_lie(string name)
    {
        (_, Func<Tensor, Tensor> view, int[] places) = Views.Single(row => row.Name == name);
        Tensor x = Leaves.Matrix(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }), y = view(x);
        Assert.Equal(places.Select(place => place + 1.0), y.ToArray<double>());
        double[] seed = [.. Enumerable.Range(0, places.Length).Select(i => Math.ScaleB(1, i))], expected = new double[6];
        for (int i = 0; i < places.Length; i++)
            expected[places[i]] += seed[i];
        y.Backward(Tensor.From(seed, y.Shape));
        Assert.Equal([2, 3], x.Grad!.Shape);
        Assert.Equal(expected, x.Grad.ToArray<double>());
    }

    public static TheoryData<long[], long[]> Broadcasts => new()
    {
        { [1], [5, 4] },
        { [4, 1], [1, 4] },
        { [], [2, 3] },
        { [], [] },
        { [3], [2, 1] },
        { [2, 1, 3], [4, 1] },
        { [1, 1, 1], [3] },
        { [0, 3], [3] },
        { [2, 1], [2, 0] },
    };

    [Theory, MemberData(nameof(Broadcasts))]
    public void The_gradient_of_a_broadcast_operand_has_its_shape_and_the_sum(long[] left, long[] right)
    {
        Tensor a = Tensor.Normal(left, new RandomKey(1), dtype: DType.Float64).RequiresGrad(), b = Tensor.Normal(right, new RandomKey(2), dtype: DType.Float64).RequiresGrad();
        (a * b).Sum().Backward();
        Assert.Equal((a.Shape, b.Shape), (a.Grad!.Shape, b.Grad!.Shape));
        Shape both = Shape.Broadcast(left, right, "");
        double[] x = a.BroadcastTo(both).ToArray<double>(), y = b.BroadcastTo(both).ToArray<double>();
        Assert.Equal(Folded(y, both, a.Shape), a.Grad.ToArray<double>(), (e, g) => Math.Abs(e - g) < 1e-13);
        Assert.Equal(Folded(x, both, b.Shape), b.Grad.ToArray<double>(), (e, g) => Math.Abs(e - g) < 1e-13);
    }

    // The sums of what meets each element of a broadcast operand.
    private static double[] Folded(double[] values, Shape from, Shape to)
    {
        double[] sums = new double[to.ElementCount];
        for (long i = 0; i < values.Length; i++)
        {
            long rest = i, place = 0, stride = 1;
            for (int axis = from.Rank - 1, own = to.Rank - 1; axis >= 0; axis--, own--)
            {
                long at = rest % from[axis];
                rest /= from[axis];
                if (own < 0) continue;
                place += to[own] == 1 ? 0 : at * stride;
                stride *= to[own];
            }
            sums[place] += values[i];
        }
        return sums;
    }
}
