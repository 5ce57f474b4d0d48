namespace ChainRule.Tests.Ops;

/// <summary>The hard cases of the numeric contract that reductions, scans, sorting and indexing have to meet; the numbers are its.</summary>
public sealed class IndexingHardCases
{
    private const double Infinity = double.PositiveInfinity, NaN = double.NaN;

    [Fact]
    public void H01_The_norm_of_the_zero_vector_has_gradient_0()
    {
        foreach (double p in new[] { 0.5, 1, 1.5, 2, 3, Infinity })
            Equal([0, 0, 0], Gradient(x => x.Norm(p), 0, 0, 0));
    }

    [Fact]
    public void H02_All_spellings_of_the_norm_of_a_zero_matrix_have_gradient_0()
    {
        Tensor zeros = Tensor.Zeros([3, 3], DType.Float64);
        Equal(new double[9], Differentiate.Grad(x => x.Norm())(zeros));
        Equal(new double[9], Differentiate.Grad(x => x.Norm(2, [0, 1]))(zeros));
        Equal(new double[9], Differentiate.Grad(x => x.Flatten().Norm(2, 0, keepDims: true).Sum())(zeros));
    }

    [Fact]
    public void H03_Normalizing_by_the_sum_of_magnitudes_stays_finite_beside_zeros()
    {
        double[] gradient = Gradient(x => (x / x.Norm(1, keepDims: true)).Square().Sum(), 0, 0, 0, 0, 0.1996).ToArray<double>();
        Assert.All(gradient, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void H04_A_clamped_norm_divides_by_its_bound_at_0()
    {
        Func<Tensor, Tensor> normalized = x => x / x.Norm().Clamp(1e-12);
        Tensor zero = Tensor.Zeros([2], DType.Float64);
        Equal([0, 0], normalized(zero));
        Equal([1e12, 0, 0, 1e12], Differentiate.Jacobian(normalized)(zero));
    }

    [Fact]
    public void H05_The_norm_of_large_and_of_small_elements_neither_overflows_nor_vanishes()
    {
        Assert.Equal((float)(Math.Sqrt(2) * 1e20f), ((Tensor)new[] { 1e20f, 1e20f }).Norm().Item<float>());
        Assert.Equal((float)(Math.Sqrt(2) * 1e-30f), ((Tensor)new[] { 1e-30f, -1e-30f }).Norm().Item<float>());
        Assert.Equal(Infinity, ((Tensor)new[] { 1, Infinity }).Norm().Item<double>());
        Assert.Equal(NaN, ((Tensor)new[] { 1, NaN }).Norm().Item<double>());
        Equal([3 / 5.0, 4 / 5.0], Gradient(x => (x * 1e200).Norm() / 1e200, 3, 4), 1e-15);
    }

    [Fact]
    public void H18_Equal_operands_of_maximum_share_equally()
    {
        Tensor[] gradients = Differentiate.Grad((Tensor[] x) => Tensor.Maximum(x[0], x[1]))([(Tensor)2.0, (Tensor)2.0]);
        Assert.All(gradients, gradient => Assert.Equal(0.5, gradient.Item<double>()));
    }

    [Fact]
    public void H19_Equal_extrema_and_medians_share_equally()
    {
        Equal([0.5, 0.5, 0], Gradient(x => x.Max(), 1, 1, 0));
        Equal([0.5, 0.5, 0], Gradient(x => x.Min(), 0, 0, 1));
        Equal([0.5, 0.5, 0], Gradient(x => x.Median(), 1, 1, 0));
        Equal([0, 0.5, 0.5, 0], Gradient(x => x.Median(), 0, 1, 1, 2));
        Equal([0.5, 0.25, 0.25], Gradient(x => x.Quantile(0.25), 0, 1, 1));
        Equal([0, 0.5, 0.5], Gradient(x => x.Mode(), 5, 7, 7));
        Equal([0.5, 0.5, 0], Gradient(x => x.Norm(Infinity), 1, 1, 0));
    }

    [Fact]
    public void H20_More_equal_extrema_than_float32_can_count_share_equally()
    {
        Tensor x = Tensor.Ones([1 << 24 | 3]);
        Tensor gradient = Differentiate.Grad((Tensor v) => v.Max())(x);
        Assert.Equal(1f / (1 << 24 | 3), gradient[0].Item<float>());
        Assert.Equal(gradient[0].Item<float>(), gradient.Min().Item<float>());
        Assert.Equal(gradient[0].Item<float>(), gradient.Max().Item<float>());
    }

    [Fact]
    public void H22_A_root_that_is_not_taken_leaves_the_gradient_alone()
    {
        Equal([1, 1], Gradient(x => Tensor.Where(x > 0, x.Sqrt(), x).Sum(), -1, -4));
        Equal([1, 1], Gradient(x => Tensor.Where(x > 0, x, v => v.Sqrt(), v => v).Sum(), -1, -4));
        Equal([1, 1], Differentiate.Vmap(Differentiate.Grad(x => Tensor.Where(x > 0, x, v => v.Sqrt(), v => v)))(new[] { -1.0, -4 }));
    }

    [Fact]
    public void H23_A_logarithm_that_is_not_taken_leaves_the_gradient_alone()
    {
        const double slope = 0.48089834696298783; // 1 / (3 ln 2)
        Equal([2, 2, slope], Gradient(x => Tensor.Where(x > 2, x.Log() / Math.Log(2), 2 * x).Sum(), 0, 2, 3), 1e-15);
        Equal([2, 2, slope], Gradient(x => Tensor.Where(x > 2, x, v => v.Log() / Math.Log(2), v => 2 * v).Sum(), 0, 2, 3), 1e-15);
        Func<Tensor, Tensor> each = x => Tensor.Where(x > 2, x, v => v.Log() / Math.Log(2), v => 2 * v);
        Equal([2, 2, slope], Differentiate.Vmap(Differentiate.Grad(each))(new[] { 0.0, 2, 3 }), 1e-15);
        Equal([0, 0, -slope / 3], Differentiate.Vmap(Differentiate.Grad(Differentiate.Grad(each)))(new[] { 0.0, 2, 3 }), 1e-15);
    }

    [Fact]
    public void H25_A_division_that_is_not_taken_leaves_the_gradient_alone()
    {
        Tensor never = false;
        Equal([0], Gradient(x => Tensor.Where(never, x / 0, Tensor.Ones([1], DType.Float64)).Sum(), 3));
        Equal([0], Gradient(x => Tensor.Where(never, x, v => v / 0, v => 0 * v + 1).Sum(), 3));
    }

    [Fact]
    public void A_lazy_branch_sees_only_elements_that_it_is_meant_for()
    {
        Tensor x = new[] { -1.0, 4, -9, 16 };
        double[] seenByYes = [], seenByNo = [];
        Tensor y = Tensor.Where(x > 0, x, v => Seen(v, out seenByYes).Sqrt(), v => -Seen(v, out seenByNo));
        Equal([1, 2, 9, 4], y);
        Assert.Equal([4, 4, 4, 16], seenByYes);
        Assert.Equal([-1, -1, -9, -1], seenByNo);
    }

    [Fact]
    public void H30_The_gradient_of_a_product_is_right_where_factors_are_0()
    {
        Equal([0, 24, 0, 0], Gradient(x => x.Prod(), 2, 0, 3, 4));
        Equal([0, 0, 0, 0, 0], Gradient(x => x.Prod(), 2, 0, 3, 0, 5));
        Equal([1], Gradient(x => x.Prod(), 0));
        Tensor places = Tensor.From([0L, 0, 0, 0]);
        Equal([0, 24, 0, 0], Gradient(x => Tensor.Ones([1], DType.Float64).ScatterReduce(0, places, x, ScatterRule.Prod).Sum(), 2, 0, 3, 4));
    }

    [Fact]
    public void H31_The_Hessian_of_a_product_with_two_zeros_keeps_their_own_entry()
    {
        double[] expected = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 6, 0];
        Tensor x = new double[] { 2, 3, 0, 0 };
        Equal(expected, Differentiate.Hessian(v => v.Prod())(x));
        Equal(expected, Differentiate.Hessian(v => v.CumulativeProd(0)[3])(x));
        Tensor places = Tensor.From([0L, 0, 0, 0]);
        Equal(expected, Differentiate.Hessian(v => Tensor.Ones([1], DType.Float64).ScatterReduce(0, places, v, ScatterRule.Prod).Sum())(x));
    }

    [Fact]
    public void H33_The_gradient_of_running_products_is_right_where_factors_are_0() =>
        Equal([1, 32, 0, 0], Gradient(x => x.CumulativeProd(0).Sum(), 2, 0, 3, 4));

    [Fact]
    public void H35_Scans_of_nothing_have_a_gradient_of_nothing()
    {
        Tensor empty = Tensor.Zeros([2, 0], DType.Float64);
        foreach (Func<Tensor, Tensor> scan in new Func<Tensor, Tensor>[] { x => x.CumulativeSum(1), x => x.CumulativeProd(1), x => x.CumulativeLogSumExp(1), x => x.CumulativeMax(1).Values, x => x.Sort().Values })
        {
            Assert.Equal([2, 0], scan(empty).Shape);
            Assert.Equal([2, 0], Differentiate.Grad(x => scan(x).Sum())(empty).Shape);
        }
    }

    [Fact]
    public void H36_A_running_log_sum_of_nothing_but_minus_infinity_has_gradient_0()
    {
        Tensor x = new[] { -Infinity, -Infinity, 0 };
        Equal([-Infinity, -Infinity, 0], x.CumulativeLogSumExp(0));
        Equal([0, 0, 1], Differentiate.Grad(v => v.CumulativeLogSumExp(0).Sum())(x));
        Equal([0, 0], Gradient(v => v.LogSumExp(), -Infinity, -Infinity));
    }

    [Fact]
    public void H55_Repeated_positions_add_their_cotangents()
    {
        Tensor x = new[] { 0.1 }, places = Tensor.From([0L, 0]), cotangent = new[] { 0.2, 0.3 };
        Equal([0.5], Differentiate.Vjp(v => v.Take(places), x).Pull(cotangent));
        Equal([0.5], Differentiate.Vjp(v => v.Gather(0, places), x).Pull(cotangent));
        Equal([0.5], Differentiate.Vjp(v => v.RepeatInterleave(2, 0), x).Pull(cotangent));
    }

    [Fact]
    public void H57_Of_several_writers_the_last_wins_and_only_it_gets_a_gradient()
    {
        Tensor target = new double[] { 7, 8 }, places = Tensor.From([0L, 0, 0]), source = new double[] { 1, 2, 3 };
        foreach (Func<Tensor, Tensor, Tensor> write in new Func<Tensor, Tensor, Tensor>[] { (x, s) => x.Scatter(0, places, s), (x, s) => x.IndexCopy(0, places, s), (x, s) => x.IndexPut([places], s) })
        {
            Equal([3, 8], write(target, source));
            Tensor[] gradients = Differentiate.Grad((Tensor[] x) => write(x[0], x[1]).Sum())([target, source]);
            Equal([0, 1], gradients[0]);
            Equal([0, 0, 1], gradients[1]);
        }
    }

    [Fact]
    public void H58_A_source_larger_than_the_positions_gets_zeros_where_it_is_not_used()
    {
        Tensor target = Tensor.Zeros([2, 2], DType.Float64), source = Tensor.Ones([3, 4], DType.Float64);
        Tensor places = Tensor.From([1L, 0], [1, 2]), none = Tensor.From<long>([], [0, 2]);
        foreach (Func<Tensor, Tensor, Tensor> write in new Func<Tensor, Tensor, Tensor>[] { (s, p) => target.Scatter(1, p, s), (s, p) => target.ScatterAdd(1, p, s), (s, p) => target.ScatterReduce(1, p, s, ScatterRule.Max) })
        {
            Equal([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Differentiate.Grad(s => write(s, places).Sum())(source));
            Equal(new double[12], Differentiate.Grad(s => write(s, none).Sum())(source));
            Assert.Equal([3, 4], Differentiate.Grad(s => write(s, none).Sum())(source).Shape);
        }
    }

    [Fact]
    public void H62_One_tensor_as_target_and_source_gets_the_sum_of_both_paths()
    {
        Tensor places = Tensor.From([1L, 0]);
        Equal([2, 2], Gradient(x => x.ScatterAdd(0, places, x).Sum(), 3, 5));
        Equal([1, 1], Gradient(x => x.Scatter(0, places, x).Sum(), 3, 5));
        Equal([5, 4], Gradient(x => (x.Sort().Values + x.CumulativeSum(0).Flip() + x.Sum()).Sum(), 3, 5));
    }

    [Fact]
    public void H71_Distances_of_equal_points_are_finite_below_the_power_1()
    {
        Tensor points = new[,] { { 1.0, 2 }, { 1, 3 }, { 1, 2 } };
        Tensor gradient = Differentiate.Grad(x => (x.Unsqueeze(0) - x.Unsqueeze(1)).Norm(0.5, -1).Sum())(points);
        // Each of the first and the last point lies 1 from the second along the second axis; elements of 0 count as 0.
        Equal([0, -2, 0, 4, 0, -2], gradient, 1e-15);
        // Normalized by its length a vector changes only across itself, however short it is.
        double[] normalized = Gradient(x => (x / x.Norm())[0], 1e-160, 1e-160).ToArray<double>();
        Equal([0.25 * Math.Sqrt(2) * 1e160, -0.25 * Math.Sqrt(2) * 1e160], normalized, 1e-14);
    }

    private static Tensor Seen(Tensor x, out double[] values)
    {
        values = x.ToArray<double>();
        return x;
    }

    private static Tensor Gradient(Func<Tensor, Tensor> function, params double[] x) => Differentiate.Grad(function)(x);

    private static void Equal(double[] expected, Tensor actual, double relative = 0)
    {
        double[] values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.True(expected[i].Equals(values[i] + 0) || Math.Abs(expected[i] - values[i]) <= relative * Math.Abs(expected[i]), $"element {i} is {values[i]:R}, not {expected[i]:R}");
    }
}
