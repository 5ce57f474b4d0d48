using ChainRule.Nn;

namespace ChainRule.Tests.Autograd;

/// <summary>Forward mode, reverse mode and batches, nested in each other; expected values by hand.</summary>
public sealed class ModesTests
{
    [Fact]
    public void Jvp_gives_the_value_and_the_tangent()
    {
        Tensor x = new[] { 1.0, 2, 3 }, t = new[] { 1.0, 0, -1 };
        (Tensor value, Tensor tangent) = Differentiate.Jvp(v => (v * v).Sum(), x, t);
        Assert.Equal(14, value.Item<double>());
        Assert.Equal(2 * 1 - 2 * 3, tangent.Item<double>());
        Assert.False(value.IsTracked || tangent.IsTracked);
    }

    [Fact]
    public void Jvp_of_several_arguments_adds_their_parts()
    {
        (Tensor value, Tensor tangent) = Differentiate.Jvp((Tensor[] v) => v[0] * v[1], [3.0, 5.0], [2.0, 7.0]);
        Assert.Equal((15, 2 * 5 + 3 * 7), (value.Item<double>(), tangent.Item<double>()));
    }

    [Fact]
    public void A_result_that_does_not_depend_on_the_argument_has_a_tangent_of_zeros()
    {
        (_, Tensor tangent) = Differentiate.Jvp(v => v.Detach() * 2 + Tensor.Ones([2], DType.Float64), new[] { 1.0, 2 }, new[] { 1.0, 1 });
        Assert.Equal([0, 0], tangent.ToArray<double>());
    }

    [Fact]
    public void Pull_can_be_called_again_and_again()
    {
        (Tensor value, Func<Tensor, Tensor> pull) = Differentiate.Vjp(v => v * v * v, new[] { 1.0, 2 });
        Assert.Equal([1, 8], value.ToArray<double>());
        Assert.Equal([3, 0], pull(new[] { 1.0, 0 }).ToArray<double>());
        Assert.Equal([0, 24], pull(new[] { 0.0, 2 }).ToArray<double>());
        Assert.False(value.IsTracked || pull(value).IsTracked);
    }

    [Fact]
    public void Perturbations_are_not_confused()
    {
        // d/dx (x · d/dy (x + y)) = 1 at any x and y; an engine that confuses the two tangents says 2.
        double Forward(Func<Tensor, Tensor> f, double at) => Differentiate.Jvp(f, at, 1.0).Tangent.Item<double>();
        Tensor Inner(Tensor x) => x * Differentiate.Jvp(y => x + y, 1.0, 1.0).Tangent;
        Assert.Equal(1, Forward(Inner, 3));
        Assert.Equal(1, Differentiate.Grad(Inner)((Tensor)3.0).Item<double>());
        Assert.Equal(1, Forward(x => x * Differentiate.Grad(y => x + y)((Tensor)1.0), 3));
        Assert.Equal(1, Differentiate.Grad(x => x * Differentiate.Grad(y => x + y)((Tensor)1.0))((Tensor)3.0).Item<double>());
    }

    [Fact]
    public void Modes_nest_to_the_fourth_order_in_any_mixture()
    {
        // The fourth derivative of x^5 is 120 x.
        Func<Tensor, Tensor> f = x => x.Pow(5);
        Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>> forward = g => x => Differentiate.Jvp(g, x, Tensor.Ones([], DType.Float64)).Tangent;
        Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>> reverse = Differentiate.Grad;
        int mixtures = 0;
        for (int choice = 0; choice < 16; choice++, mixtures++)
        {
            Func<Tensor, Tensor> derivative = f;
            for (int order = 0; order < 4; order++)
                derivative = ((choice >> order & 1) == 0 ? forward : reverse)(derivative);
            Assert.Equal(240, derivative((Tensor)2.0).Item<double>(), 1e-9);
        }
        Assert.Equal(16, mixtures);
    }

    [Fact]
    public void The_Jacobian_has_a_row_for_each_result_in_both_modes()
    {
        Tensor x = new[] { 1.0, 2, 3 };
        Func<Tensor, Tensor> f = v => Tensor.Stack([v[0] * v[1], v[2].Square()]);
        double[,] expected = { { 2, 1, 0 }, { 0, 0, 6 } };
        foreach (Func<Tensor, Tensor> jacobian in new[] { Differentiate.Jacobian(f), Differentiate.JacobianForward(f), Differentiate.JacobianReverse(f) })
            Assert.Equal(expected, jacobian(x).ToArray());
    }

    [Fact]
    public void The_Hessian_of_a_quadratic_form_is_its_matrix()
    {
        Tensor a = new double[,] { { 2, 1, 0 }, { 1, 3, -1 }, { 0, -1, 4 } };
        Func<Tensor, Tensor> f = x => 0.5 * x.MatMul(a).MatMul(x);
        Tensor x = new[] { 1.0, -2, 3 }, v = new[] { 1.0, 1, 1 };
        Assert.Equal(a.ToArray(), Differentiate.Hessian(f)(x).ToArray());
        Assert.Equal([3, 3, 3], Differentiate.HessianVectorProduct(f, x, v).ToArray<double>());
        Assert.Equal([3, 3, 3], Differentiate.VectorHessianProduct(f, x, v).ToArray<double>());
    }

    [Fact]
    public void Vmap_takes_and_gives_the_axes_that_are_named()
    {
        Tensor x = Tensor.Arange(0, 24, dtype: DType.Float64).Reshape(2, 3, 4), b = new[] { 1.0, 10 };
        Tensor y = Differentiate.Vmap(v => v.Sum(0), inAxis: 1, outAxis: -1)(x);      // each v is [2, 4]
        Assert.Equal(x.Sum(0).T.ToArray(), y.ToArray());
        Tensor z = Differentiate.Vmap((v, w) => v * w, first: -1, second: null)(x[0].T, b[1]); // each v is [4]
        Assert.Equal((x[0] * 10).ToArray(), z.ToArray());
        Tensor[] both = Differentiate.Vmap(v => [v[0] + v[1], v[0]], [2, null], [0, 1])([x, b.Unsqueeze(1)]);
        Assert.Equal([4, 2, 3], both[0].Shape.ToArray());
        Assert.Equal([2, 4, 3], both[1].Shape.ToArray());
    }

    [Fact]
    public void Vmaps_nest()
    {
        Tensor a = Tensor.Arange(0, 3, dtype: DType.Float64), b = Tensor.Arange(0, 4, dtype: DType.Float64);
        Tensor table = Differentiate.Vmap(x => Differentiate.Vmap(y => 10 * x + y)(b))(a);
        Assert.Equal((10 * a.Unsqueeze(1) + b).ToArray(), table.ToArray());
    }

    [Fact]
    public void A_gradient_for_each_example_is_that_of_the_example_alone()
    {
        var model = new Sequential(new Linear(3, 4, new RandomKey(1), dtype: DType.Float64), new Tanh(), new Linear(4, 2, new RandomKey(2), dtype: DType.Float64));
        Tensor x = Tensor.Normal([5, 3], new RandomKey(3), dtype: DType.Float64), labels = Tensor.From<long>([0, 1, 1, 0, 1]);
        Tensor w = model.Parameters()[0].Detach(), b = model.Parameters()[1].Detach(), v = model.Parameters()[2].Detach(), c = model.Parameters()[3].Detach();
        Tensor OneLoss(Tensor weight, Tensor input, Tensor label) =>
            Loss.CrossEntropy(input.Affine(weight, b).Tanh().Affine(v, c).Unsqueeze(0), label.Unsqueeze(0));
        Tensor all = Differentiate.Vmap((input, label) => Differentiate.Grad(weight => OneLoss(weight, input, label))(w))(x, labels);
        Assert.Equal([5, 4, 3], all.Shape.ToArray());
        for (int i = 0; i < 5; i++)
        {
            double[] alone = Differentiate.Grad(weight => OneLoss(weight, x[i], labels[i]))(w).ToArray<double>();
            Assert.All(alone.Zip(all[i].ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
        }
        model.ZeroGrad();
        Loss.CrossEntropy(model.Forward(x), labels).Backward();
        Assert.All(model.Parameters()[0].Grad!.ToArray<double>().Zip(all.Mean(0).ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void A_gradient_flows_through_Vmap_and_Jvp_to_leaves_outside()
    {
        Tensor w = ((Tensor)new[] { 2.0, 3 }).RequiresGrad();
        Tensor x = new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        Differentiate.Vmap(row => (row * w).Square().Sum())(x).Sum().Backward();
        Assert.Equal([2 * 2 * 35, 2 * 3 * 56], w.Grad!.ToArray<double>()); // 2 w Σ x²
        w.Grad = null;
        Differentiate.Jvp(v => (v * w).Square().Sum(), new[] { 1.0, 1 }, new[] { 1.0, 0 }).Tangent.Backward(); // 2 w₀² v₀
        Assert.Equal([8, 0], w.Grad!.ToArray<double>());
    }

    [Fact]
    public void Reading_a_value_inside_Vmap_is_refused_and_says_what_to_do()
    {
        Tensor x = new[] { 1.0, 2 };
        foreach (Func<Tensor, Tensor> reader in new Func<Tensor, Tensor>[]
        {
            v => v.Item<double>(), v => v.ToArray<double>()[0], v => v.AsSpan<double>()[0], v => (double)v.ToArray().GetValue(0)!,
        })
        {
            var error = Assert.Throws<DifferentiationException>(() => Differentiate.Vmap(reader)(x));
            Assert.Contains("Vmap", error.Message, StringComparison.Ordinal);
            Assert.Contains("Where", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal("[1 2]", Differentiate.Vmap((Tensor v) => { Assert.Equal("[1 2]", v.ToString()); return v; })(x).ToString());
    }

    [Fact]
    public void Values_may_be_read_inside_Jvp() =>
        Assert.Equal(6, Differentiate.Jvp(v => v.Item<double>() > 0 ? v * v : v, 3.0, 1.0).Tangent.Item<double>());

    [Fact]
    public void A_tensor_that_outlives_its_function_is_refused()
    {
        Tensor? kept = null;
        Differentiate.Jvp(v => kept = v * 2, 3.0, 1.0);
        var error = Assert.Throws<DifferentiationException>(() => kept! + 1);
        Assert.Contains("Jvp", error.Message, StringComparison.Ordinal);
        Differentiate.Vmap(v => kept = v * 2)(new[] { 1.0, 2 });
        Assert.Contains("Vmap", Assert.Throws<DifferentiationException>(() => kept! + 1).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_and_RequiresGrad_inside_point_to_Grad()
    {
        foreach (Action action in new Action[]
        {
            () => Differentiate.Vmap(v => { v.Backward(); return v; })(new[] { 1.0 }),
            () => Differentiate.Jvp(v => v.RequiresGrad(), 1.0, 1.0),
        })
            Assert.Contains("Differentiate.Grad", Assert.Throws<DifferentiationException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_in_place_inside_is_refused()
    {
        Assert.Throws<InPlaceException>(() => Differentiate.Vmap(v => v.Fill(1))(new[] { 1.0 }));
        Assert.Throws<InPlaceException>(() => Differentiate.Jvp(v => v.Fill(1), 1.0, 1.0));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("[2]", Assert.Throws<ShapeException>(() => Differentiate.Jvp(v => v, new[] { 1.0, 2 }, 1.0)).Message, StringComparison.Ordinal);
        Assert.Contains("Vmap", Assert.Throws<ShapeException>(() => Differentiate.Vmap((a, b) => a + b)(new[] { 1.0, 2 }, new[] { 1.0, 2, 3 })).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Differentiate.Vmap((Tensor v) => v)(1.0));
        Assert.Throws<ArgumentException>(() => Differentiate.Vmap((a, b) => a + b, null, null)(1.0, 1.0));
        Assert.Throws<DTypeException>(() => Differentiate.Jvp(v => v, 1, 1));
        Assert.Throws<ShapeException>(() => Differentiate.Vjp(v => v, new[] { 1.0, 2 }).Pull(1.0));
    }

    [Fact]
    public void NoGrad_rests_the_tape_and_not_forward_mode()
    {
        using (new NoGrad())
        {
            Assert.Equal(6, Differentiate.Jvp(v => v * v, 3.0, 1.0).Tangent.Item<double>());
            Assert.Equal(6, Differentiate.Grad(v => v * v)((Tensor)3.0).Item<double>());
        }
    }

    [Fact]
    public void A_failing_function_leaves_no_level_open()
    {
        Assert.Throws<InvalidOperationException>(() => Differentiate.Vmap((Tensor v) => throw new InvalidOperationException())(new[] { 1.0 }));
        Assert.Throws<InvalidOperationException>(() => Differentiate.Jvp(v => throw new InvalidOperationException(), 1.0, 1.0));
        Assert.Empty(ChainRule.Autograd.Level.Open);
    }

    [Fact]
    public void A_nested_gradient_walks_its_own_part_of_the_tape_only()
    {
        // 200 nested gradients along one growing history: quadratic, if each pass went back to the beginning, is not what is tested;
        // that the outer leaf gets its whole gradient is.
        Tensor x = ((Tensor)1.0).RequiresGrad();
        Tensor y = x;
        for (int i = 0; i < 200; i++)
            y = y + Differentiate.Grad(v => v * v)(y) * 0.005; // y (1 + 0.01)
        y.Backward();
        Assert.Equal(Math.Pow(1.01, 200), x.Grad!.Item<double>(), 1e-12);
    }
}
