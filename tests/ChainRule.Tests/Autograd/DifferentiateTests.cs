namespace ChainRule.Tests.Autograd;

public sealed class DifferentiateTests
{
    private static readonly Tensor _x = Tensor.From([0.7]);

    /// <summary>Functions and their derivatives of order 0 to 4 at 0.7.</summary>
    private static readonly (string Name, Func<Tensor, Tensor> Function, double[] Derivatives)[] Known =
    [
        ("x^5", x => (x * x * x * x * x).Sum(), [Power(0.7, 5), 5 * Power(0.7, 4), 20 * Power(0.7, 3), 60 * 0.49, 120 * 0.7]),
        ("x^5 by Pow", x => x.Pow(5).Sum(), [Power(0.7, 5), 5 * Power(0.7, 4), 20 * Power(0.7, 3), 60 * 0.49, 120 * 0.7]),
        ("sin x", x => x.Sin().Sum(), [Math.Sin(0.7), Math.Cos(0.7), -Math.Sin(0.7), -Math.Cos(0.7), Math.Sin(0.7)]),
        ("exp 2x", x => (x * 2).Exp().Sum(), [.. Enumerable.Range(0, 5).Select(n => Power(2, n) * Math.Exp(1.4))]),
        ("1/x", x => x.Reciprocal().Sum(), [1 / 0.7, -1 / Power(0.7, 2), 2 / Power(0.7, 3), -6 / Power(0.7, 4), 24 / Power(0.7, 5)]),
        ("log x", x => x.Log().Sum(), [Math.Log(0.7), 1 / 0.7, -1 / Power(0.7, 2), 2 / Power(0.7, 3), -6 / Power(0.7, 4)]),
        ("3", _ => Tensor.From([3.0]), [3, 0, 0, 0, 0]),
        ("x", x => x, [0.7, 1, 0, 0, 0]),
    ];

    public static TheoryData<string> Names => [.. Known.Select(row => row.Name)];

    [Fact]
    public void There_are_eight_functions() => Assert.Equal(8, Known.Length);

    [Theory, MemberData(nameof(Names))]
    public void Derivatives_nest_to_order_four(string name)
    {
        (_, Func<Tensor, Tensor> function, double[] derivatives) = Known.Single(row => row.Name == name);
        for (int order = 0; order <= 4; order++)
        {
            double expected = derivatives[order], tolerance = 1e-12 * Math.Max(1, Math.Abs(expected));
            Assert.Equal(expected, function(_x).Item<double>(), tolerance);
            function = Differentiate.Grad(function);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_value_comes_with_the_gradient_also_of_a_derivative(string name)
    {
        (_, Func<Tensor, Tensor> function, double[] derivatives) = Known.Single(row => row.Name == name);
        (Tensor value, Tensor gradient) = Differentiate.ValueAndGrad(Differentiate.Grad(function))(_x);
        Assert.Equal(derivatives[1], value.Item<double>(), 1e-12 * Math.Max(1, Math.Abs(derivatives[1])));
        Assert.Equal(derivatives[2], gradient.Item<double>(), 1e-12 * Math.Max(1, Math.Abs(derivatives[2])));
        Assert.Equal((false, false), (value.IsTracked, gradient.IsTracked));
    }

    [Fact]
    public void Each_of_several_arguments_has_its_gradient()
    {
        Tensor a = Tensor.From([2.0, 3.0]), b = Tensor.From([5.0, 7.0], [2, 1]);
        Tensor[] gradients = Differentiate.Grad((Tensor[] v) => (v[0].Square() * v[1]).Sum())([a, b]);
        Assert.Equal([2 * 2 * 12, 2 * 3 * 12], gradients[0].ToArray<double>());
        Assert.Equal([13, 13], gradients[1].ToArray<double>());
        Assert.Equal((a.Shape, b.Shape), (gradients[0].Shape, gradients[1].Shape));
    }

    [Fact]
    public void Mixed_derivatives_come_from_nesting()
    {
        // d/db d/da of a^3 b^2 = 6 a^2 b.
        Func<Tensor, Tensor, Tensor> function = (a, b) => (a * a * a * b.Square()).Sum();
        Tensor mixed = Differentiate.Grad(b => Differentiate.Grad(a => function(a, b))(Tensor.From([2.0])))(Tensor.From([5.0]));
        Assert.Equal(6 * 4 * 5, mixed.Item<double>());
    }

    [Fact]
    public void An_inner_derivative_is_not_confused_with_an_outer_one()
    {
        Tensor one = Tensor.From([1.0]);
        // d/dx (x d/dy (x + y)) = d/dx x = 1;  a confusion of the two gives 2.
        Assert.Equal(1, Differentiate.Grad(x => x * Differentiate.Grad(y => (x + y).Sum())(one))(one).Item<double>());
        // d/dx (x d/dy (x y)) = d/dx x^2 = 2x.
        Assert.Equal(6, Differentiate.Grad(x => x * Differentiate.Grad(y => (x * y).Sum())(one))(Tensor.From([3.0])).Item<double>());
        // The same with the outer variable as the point of the inner one: d/dx (x d/dy (x y^2) at y = x) = d/dx 2x^3 = 6x^2.
        Assert.Equal(54, Differentiate.Grad(x => x * Differentiate.Grad(y => (x * y.Square()).Sum())(x))(Tensor.From([3.0])).Item<double>());
    }

    [Fact]
    public void A_variable_used_again_as_the_argument_differs_by_what_is_asked()
    {
        // numerics.md H70: f(y) = y(x - y) called with y = x = 1. By the argument x - 2y = -1, by the variable 0.
        Tensor x = Leaves.Of(1);
        Func<Tensor, Tensor> f = y => (y * (x - y)).Sum();
        Assert.Equal(-1, Differentiate.Grad(f)(x).Item<double>());
        Assert.Equal(0, Differentiate.Gradients(f(x), [x])[0].Item<double>());
    }

    [Fact]
    public void What_a_function_closes_over_can_be_differentiated_through()
    {
        Tensor w = Leaves.Of(3), x = Tensor.From([2.0]);
        Tensor slope = Differentiate.Grad(v => (v.Square() * w * w).Sum())(x);
        Assert.Equal(2 * 2 * 9, slope.Item<double>());
        slope.Backward();
        // d/dw 2x w^2 = 4xw.
        Assert.Equal(4 * 2 * 3, w.Grad!.Item<double>());
    }

    [Fact]
    public void The_value_of_a_function_that_closes_over_a_leaf_keeps_its_history()
    {
        Tensor w = Leaves.Of(3);
        (Tensor value, Tensor gradient) = Differentiate.ValueAndGrad(v => (v * w).Sum())(Tensor.From([2.0]));
        (value + gradient).Sum().Backward();
        Assert.Equal(2 + 1, w.Grad!.Item<double>());
    }

    [Fact]
    public void Arguments_stay_as_they_are()
    {
        Tensor leaf = Leaves.Of(2), constant = Tensor.From([2.0]);
        Func<Tensor, Tensor> slope = Differentiate.Grad(x => x.Square().Sum());
        Assert.Equal((4.0, 4.0), (slope(leaf).Item<double>(), slope(constant).Item<double>()));
        Assert.Null(leaf.Grad);
        Assert.False(constant.IsTracked);
        Assert.True(slope(leaf).IsTracked);
        Assert.False(slope(constant).IsTracked);
    }

    [Fact]
    public void The_identity_gives_its_argument_a_gradient_of_one_in_memory_of_its_own()
    {
        Tensor x = Tensor.From([2.0]);
        (Tensor value, Tensor gradient) = Differentiate.ValueAndGrad(v => v)(x);
        gradient.Fill(9);
        Assert.Equal((2.0, 2.0), (value.Item<double>(), x.Item<double>()));
    }

    [Fact]
    public void Derivatives_are_taken_inside_NoGrad_and_leave_no_history()
    {
        Tensor leaf = Leaves.Of(2);
        using (new NoGrad())
        {
            Tensor slope = Differentiate.Grad(Differentiate.Grad(x => (x * x * x).Sum()))(leaf);
            Assert.Equal(12, slope.Item<double>());
            Assert.False(slope.IsTracked);
            Assert.False(Interpreter.IsRecording);
        }
    }

    [Fact]
    public void A_NoGrad_scope_inside_the_function_is_obeyed()
    {
        Func<Tensor, Tensor> f = x =>
        {
            Tensor constant;
            using (new NoGrad())
                constant = x.Square();
            return (constant * x).Sum();
        };
        Assert.Equal(9, Differentiate.Grad(f)(Tensor.From([3.0])).Item<double>());
    }

    [Fact]
    public void What_the_result_does_not_depend_on_has_a_gradient_of_zeros()
    {
        Tensor a = Tensor.From([2.0]), b = Tensor.Ones([2, 3]), detached = Tensor.From([4.0]);
        Tensor[] gradients = Differentiate.Grad((Tensor[] v) => v[0].Square().Sum() * v[2].Detach().Sum())([a, b, detached]);
        Assert.Equal(16, gradients[0].Item<double>());
        Assert.Equal((b.Shape, DType.Float32), (gradients[1].Shape, gradients[1].DType));
        Assert.Equal(new double[6], gradients[1].ToArray<double>());
        Assert.Equal([0], gradients[2].ToArray<double>());
        Assert.Equal([0], Differentiate.Gradients(Tensor.From([1.0]), [a])[0].ToArray<double>());
    }

    [Fact]
    public void Gradients_are_found_by_results_on_the_way_and_by_the_result_itself()
    {
        Tensor x = Leaves.Of(3), y = x.Square(), loss = (y * y).Sum();
        Tensor[] gradients = Differentiate.Gradients(loss, [x, y, loss, x], retainGraph: true);
        Assert.Equal([4 * 27, 2 * 9, 1, 4 * 27], gradients.Select(gradient => gradient.Item<double>()));
        Assert.Null(x.Grad);
        Assert.Equal([10 * 4 * 27], Differentiate.Gradients(loss, [x], Tensor.Full([], 10, DType.Float64))[0].ToArray<double>());
    }

    [Fact]
    public void Gradients_free_the_graph_unless_told_otherwise()
    {
        Tensor x = Leaves.Of(3), loss = x.Square().Sum();
        Differentiate.Gradients(loss, [x], retainGraph: true);
        Differentiate.Gradients(loss, [x], createGraph: true);
        Differentiate.Gradients(loss, [x]);
        Assert.Contains("retainGraph", Assert.Throws<DifferentiationException>(() => Differentiate.Gradients(loss, [x])).Message);
    }

    [Fact]
    public void A_function_must_give_a_single_number()
    {
        string message = Assert.Throws<DifferentiationException>(() => Differentiate.Grad(x => x * 2)(Tensor.Ones([3]))).Message;
        Assert.Contains("[3]", message);
        Assert.Contains(".Sum()", message);
        Assert.Contains("[2]", Assert.Throws<DifferentiationException>(() => Differentiate.Gradients(Leaves.Of(1, 2) * 2, [])).Message);
        Assert.Throws<ShapeException>(() => Differentiate.Gradients(Leaves.Of(1, 2) * 2, [], Tensor.Ones([3])));
    }

    [Fact]
    public void An_argument_without_fractions_is_named()
    {
        Tensor[] arguments = [Tensor.Ones([2]), Tensor.Ones([2], DType.Int64)];
        string message = Assert.Throws<DTypeException>(() => Differentiate.Grad((Tensor[] v) => (v[0] * v[1]).Sum())(arguments)).Message;
        Assert.Contains("argument 1", message);
        Assert.Contains("int64", message);
    }

    [Fact]
    public void A_function_that_throws_leaves_recording_as_it_was()
    {
        using (new NoGrad())
        {
            Assert.Throws<TimeoutException>(() => Differentiate.Grad((Tensor x) => throw new TimeoutException())(_x));
            Assert.False(Interpreter.IsRecording);
        }
        Assert.Throws<DifferentiationException>(() => Differentiate.Grad(x => x * 2)(Tensor.Ones([3])));
        Assert.True(Interpreter.IsRecording);
    }

    [Fact]
    public void There_must_be_a_function()
    {
        Assert.Throws<ArgumentNullException>(() => Differentiate.Grad((Func<Tensor, Tensor>)null!));
        Assert.Throws<ArgumentNullException>(() => Differentiate.ValueAndGrad((Func<Tensor[], Tensor>)null!));
        Assert.Throws<ArgumentNullException>(() => Differentiate.Gradients(null!, []));
    }

    private static double Power(double x, int n) => Enumerable.Repeat(x, n).Aggregate(1.0, (product, factor) => product * factor);
}
