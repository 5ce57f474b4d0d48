using ChainRule.Nn;

namespace ChainRule.Tests.Autograd;

public sealed class GradientCheckTests
{
    [Fact]
    public void A_right_gradient_passes()
    {
        GradientCheckReport report = GradientCheck.Run(v => (v[0].Tanh() * v[1].Exp()).Sum(), Drawn([2, 3], 1), Drawn([3], 2));
        Assert.True(report.Passed);
        Assert.Equal([("argument 0", 6L, 6L, 0), ("argument 1", 3L, 3L, 0)], report.Rows.Select(row => (row.Name, row.Checked, row.Elements, row.Kinks)));
        Assert.All(report.Rows, row => Assert.InRange(row.RelativeDifference, 0, 1e-9));
    }

    [Fact]
    public void Half_the_slope_is_found_at_every_element()
    {
        GradientCheckReport report = GradientCheck.Run(v => HalfSlope(v[0]).Sum(), Drawn([7], 3) + 2);
        GradientCheckRow row = Assert.Single(report.Rows);
        Assert.False(report.Passed);
        Assert.Equal((7L, 7L), (row.Checked, row.Elements));
        // The gradient is x where the slope is 2x.
        Assert.Equal(0.5, row.RelativeDifference, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(39)]
    public void One_wrong_element_among_forty_is_found(int wrong)
    {
        Tensor isWrong = Tensor.Arange(0, 40).EqualTo(wrong);
        GradientCheckReport report = GradientCheck.Run(v => Tensor.Where(isWrong, HalfSlope(v[0]), v[0].Square()).Sum(), Tensor.Linspace(1, 2, 40, DType.Float64));
        Assert.False(report.Passed);
        Assert.Equal(0.5, report.Rows[0].RelativeDifference, 1e-9);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(-1e-6)]
    public void A_slope_wrong_by_one_in_a_million_is_found(double error)
    {
        // The value stays x^2, the slope becomes 2x (1 + error).
        GradientCheckReport report = GradientCheck.Run(v => Wrong(v[0].Square(), error).Sum(), Drawn([5], 4) + 2);
        Assert.Equal((0, false), (report.Rows[0].Kinks, report.Passed));
        Assert.InRange(report.Rows[0].RelativeDifference, 0.9e-6, 1.1e-6);
    }

    [Fact]
    public void A_missing_gradient_is_found() =>
        Assert.False(GradientCheck.Run(v => v[0].Detach().Square().Sum(), Drawn([3], 5)).Passed);

    [Fact]
    public void A_sample_checks_that_many_elements()
    {
        Tensor x = Leaf(Drawn([10, 10], 6) + 3);
        GradientCheckRow row = GradientCheck.Run(() => HalfSlope(x).Sum(), [("x", x)], sample: 5).Rows[0];
        Assert.Equal((5L, 100L, false), (row.Checked, row.Elements, row.Passed));
        row = GradientCheck.Run(() => x.Square().Sum(), [("x", x)], sample: 1000).Rows[0];
        Assert.Equal((100L, 100L, true), (row.Checked, row.Elements, row.Passed));
    }

    [Fact]
    public void The_key_draws_the_sample()
    {
        Tensor isWrong = Tensor.Arange(0, 100) >= 50, x = Leaf(Tensor.Linspace(1, 2, 100, DType.Float64));
        Tensor Loss() => Tensor.Where(isWrong, HalfSlope(x), x.Square()).Sum();
        bool[] first = Found(), second = Found();
        Assert.Equal(first, second);
        // One element in each of 40 samples, half of them wrong.
        Assert.InRange(first.Count(found => found), 10, 30);

        bool[] Found() => [.. Enumerable.Range(0, 40).Select(seed => !GradientCheck.Run(Loss, [("x", x)], 1, new RandomKey(seed)).Passed)];
    }

    [Fact]
    public void Only_the_wrong_parameter_fails()
    {
        Tensor a = Leaf(Drawn([3], 7) + 2), b = Leaf(Drawn([2, 2], 8) + 2), c = Leaf(Drawn([], 9));
        GradientCheckReport report = GradientCheck.Run(() => a.Square().Sum() + HalfSlope(b).Sum() * c, [("first", a), ("second", b), ("third", c)]);
        Assert.Equal([("first", 3L, true), ("second", 4L, false), ("third", 1L, true)], report.Rows.Select(row => (row.Name, row.Elements, row.Passed)));
        Assert.False(report.Passed);
        Assert.All([a, b, c], parameter => Assert.Null(parameter.Grad));
    }

    [Fact]
    public void The_table_has_a_row_for_each_parameter()
    {
        var report = new GradientCheckReport([new("0.weight", 16, 16, 3.21e-11, 0, true), new("encoder.bias", 3, 128, 0.5, 2, false), new("b", 1, 1, double.NaN, 0, false)]);
        Assert.Equal(
            """
            parameter          checked  difference  result
            0.weight             16/16     3.2e-11  PASS
            encoder.bias         3/128     5.0e-01  FAIL  (2 at a kink)
            b                      1/1         NaN  FAIL
            """.ReplaceLineEndings(Environment.NewLine),
            report.ToString());
        Assert.False(report.Passed);
    }

    [Fact]
    public void A_report_without_parameters_passes() => Assert.True(GradientCheck.Run(() => Tensor.Ones([]), []).Passed);

    [Fact]
    public void Kinks_are_counted_and_any_slope_between_the_sides_is_right()
    {
        Tensor x = Leaves.Of(-1, 0, 2, 0);
        GradientCheckRow relu = GradientCheck.Run(() => x.Relu().Sum(), [("x", x)]).Rows[0];
        GradientCheckRow absolute = GradientCheck.Run(() => x.Abs().Sum(), [("x", x)]).Rows[0];
        Assert.Equal((2, true), (relu.Kinks, relu.Passed));
        Assert.True(absolute.Passed);
    }

    [Theory]
    [InlineData(-0.5, false)]
    [InlineData(0, true)]
    [InlineData(0.5, true)]
    [InlineData(1, true)]
    [InlineData(1.5, false)]
    public void A_slope_beyond_both_sides_of_a_kink_is_wrong(double slope, bool isRight)
    {
        Tensor x = Leaves.Of(-1, 0, 2), isKink = x.Detach().EqualTo(0);
        x.OnGradient(gradient => Tensor.Where(isKink, slope, gradient));
        GradientCheckRow row = GradientCheck.Run(() => x.Relu().Sum(), [("x", x)]).Rows[0];
        Assert.Equal(isRight, row.Passed);
    }

    [Fact]
    public void A_nearby_kink_is_not_taken_for_an_error() =>
        Assert.Equal((4L, 0, true), Outcome(v => (v[0].Relu() * 3).Sum(), Tensor.From([1e-3, -1e-3, 5e-3, 2e-4])));

    [Fact]
    public void The_edge_of_the_domain_nearby_is_not_taken_for_an_error() =>
        Assert.Equal((3L, 0, true), Outcome(v => v[0].Log().Sum(), Tensor.From([1e-3, 5e-3, 2e-4])));

    [Theory]
    [InlineData(1e-7)]
    [InlineData(-1e-7)]
    [InlineData(1e-8)]
    public void Float64_finds_what_is_wrong_in_the_eighth_digit(double error) =>
        Assert.Equal((5L, 0, false), Outcome(v => Wrong(v[0].Square(), error).Sum(), Drawn([5], 21).Abs() + 2));

    [Fact]
    public void A_large_constant_in_the_loss_hides_no_error_of_a_hundredth() =>
        Assert.Equal((5L, 0, false), Outcome(v => Wrong(v[0].Square(), 0.01).Sum() + 1e8, Drawn([5], 22).Abs() + 2));

    [Fact]
    public void A_large_constant_in_the_loss_makes_no_right_gradient_fail() =>
        Assert.Equal((5L, 0, true), Outcome(v => v[0].Square().Sum() + 1e8, Drawn([5], 22).Abs() + 2));

    [Fact]
    public void Half_the_slope_of_a_float32_layer_is_no_kink()
    {
        var layer = new Linear(6, 4, new RandomKey(23));
        Tensor x = Tensor.Normal([8, 6], new RandomKey(24));
        GradientCheckReport wrong = GradientCheck.Run(() => HalfSlope(layer.Forward(x)).Sum(), layer.NamedParameters());
        Assert.Equal([("weight", 0, false), ("bias", 0, false)], wrong.Rows.Select(row => (row.Name, row.Kinks, row.Passed)));
        Assert.True(GradientCheck.Run(() => layer.Forward(x).Square().Sum(), layer.NamedParameters()).Passed);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1)]
    [InlineData(1e8)]
    public void The_unit_of_a_float32_loss_does_not_matter(double unit)
    {
        Tensor x = Tensor.Normal([6], new RandomKey(25)) + 3;
        Assert.Equal((6L, 0, false), Outcome(v => HalfSlope(v[0]).Sum() * unit, x));
        Assert.Equal((6L, 0, true), Outcome(v => v[0].Square().Sum() * unit, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_sample_of_nothing_is_refused(int sample)
    {
        Tensor x = Leaves.Of(1, 2);
        Assert.Equal("sample", Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run(() => x.Sum(), [("x", x)], sample)).ParamName);
    }

    [Fact]
    public void Parameters_are_restored_to_the_bit()
    {
        double[] values = [-0.0, 0.1, 1e-310, 1e300];
        Tensor x = Tensor.From(values).RequiresGrad(), single = Tensor.From([-0f, 0.1f, 1e-42f]).RequiresGrad();
        GradientCheck.Run(() => (x * 1e-300).Sum() + single.Square().Sum(), [("x", x), ("single", single)]);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), x.ToArray<double>().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(new[] { -0f, 0.1f, 1e-42f }.Select(BitConverter.SingleToInt32Bits), single.ToArray<float>().Select(BitConverter.SingleToInt32Bits));
        Assert.True(x.IsLeaf);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public void Parameters_are_restored_when_the_loss_throws(int call)
    {
        double[] values = [-0.0, 0.1, 3];
        Tensor x = Tensor.From(values).RequiresGrad();
        int calls = 0;
        Assert.Throws<TimeoutException>(() => GradientCheck.Run(() => ++calls == call ? throw new TimeoutException() : x.Square().Sum(), [("x", x)]));
        Assert.Equal(call, calls);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), x.ToArray<double>().Select(BitConverter.DoubleToInt64Bits));
        Assert.True(Interpreter.IsRecording);
    }

    [Fact]
    public void Float32_passes_where_it_is_right_and_fails_where_it_is_grossly_wrong()
    {
        Tensor x = Leaf(Tensor.Normal([6], new RandomKey(10)) + 3);
        Assert.True(GradientCheck.Run(() => (x.Square() + x.Sin()).Sum(), [("x", x)]).Passed);
        GradientCheckReport wrong = GradientCheck.Run(() => HalfSlope(x).Sum(), [("x", x)]);
        Assert.False(wrong.Passed);
        Assert.Equal(0.5, wrong.Rows[0].RelativeDifference, 0.05);
    }

    [Fact]
    public void A_loss_that_is_left_to_chance_is_refused_with_advice()
    {
        var model = new Sequential(new Linear(4, 8, new RandomKey(11)), new Dropout(0.5, new RandomKey(12)), new Linear(8, 1, new RandomKey(13)));
        model.To(DType.Float64);
        Tensor x = Drawn([5, 4], 14);
        string message = Assert.Throws<DifferentiationException>(() => GradientCheck.Run(() => model.Forward(x).Square().Mean(), model.NamedParameters())).Message;
        Assert.Contains("dropout", message);
        Assert.Contains("Eval()", message);
        model.Eval();
        Assert.True(GradientCheck.Run(() => model.Forward(x).Square().Mean(), model.NamedParameters()).Passed);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_gradient_that_is_no_number_fails(double gradient)
    {
        Tensor x = Leaves.Of(1, 2);
        x.OnGradient(_ => Tensor.Full([2], gradient, DType.Float64));
        GradientCheckRow row = GradientCheck.Run(() => x.Sum(), [("x", x)]).Rows[0];
        Assert.False(row.Passed);
        Assert.True(double.IsNaN(row.RelativeDifference));
    }

    [Fact]
    public void A_loss_that_is_no_number_fails()
    {
        GradientCheckReport report = GradientCheck.Run(v => v[0].Sqrt().Sum(), Tensor.From([-1.0, 4.0]));
        Assert.False(report.Passed);
    }

    [Fact]
    public void Any_module_is_checked_through_its_named_parameters()
    {
        var model = new Gate();
        Tensor left = Drawn([4, 3], 15), right = Drawn([4, 3], 16);
        GradientCheckReport report = GradientCheck.Run(() => model.Forward(left, right).Square().Sum(), model.NamedParameters());
        Assert.True(report.Passed);
        Assert.Equal(["towers.0.weight", "towers.0.bias", "towers.1.weight", "towers.1.bias", "scale"], report.Rows.Select(row => row.Name));
    }

    [Fact]
    public void What_is_no_leaf_is_named()
    {
        Tensor x = Leaves.Of(1), scaled = x * 2;
        foreach (Tensor wrong in (Tensor[])[scaled, Tensor.Ones([1])])
        {
            string message = Assert.Throws<DifferentiationException>(() => GradientCheck.Run(() => (wrong * x).Sum(), [("x", x), ("encoder.bias", wrong)])).Message;
            Assert.Contains("encoder.bias", message);
            Assert.Contains("RequiresGrad()", message);
        }
    }

    [Fact]
    public void A_loss_of_several_numbers_is_refused() =>
        Assert.Contains("[3]", Assert.Throws<DifferentiationException>(() => GradientCheck.Run(v => v[0] * 2, Drawn([3], 17))).Message);

    [Fact]
    public void Arguments_are_copied()
    {
        Tensor x = Drawn([3], 18);
        double[] before = x.ToArray<double>();
        GradientCheck.Run(v => v[0].Square().Sum(), x);
        Assert.Equal(before, x.ToArray<double>());
        Assert.False(x.IsTracked);
    }

    // The same value, the slope times 1 + error.
    private static Tensor Wrong(Tensor x, double error) => x * (1 + error) - x.Detach() * error;

    // x * x with half its slope.
    private static Tensor HalfSlope(Tensor x) => x * x.Detach();

    private static (long Checked, int Kinks, bool Passed) Outcome(Func<Tensor[], Tensor> function, Tensor x)
    {
        GradientCheckRow row = Assert.Single(GradientCheck.Run(function, x).Rows);
        return (row.Checked, row.Kinks, row.Passed);
    }

    private static Tensor Leaf(Tensor value) => value.RequiresGrad();

    private static Tensor Drawn(Shape shape, int seed) => Tensor.Normal(shape, new RandomKey(seed), dtype: DType.Float64);

    /// <summary>A module of two inputs.</summary>
    private sealed class Gate : Module
    {
        private readonly Linear[] _towers = [new(3, 2, new RandomKey(20), dtype: DType.Float64), new(3, 2, new RandomKey(21), dtype: DType.Float64)];
        private readonly Parameter _scale = new(Tensor.From([0.5, 2.0]));

        public Tensor Forward(Tensor left, Tensor right) => _towers[0].Forward(left).Sigmoid() * _towers[1].Forward(right).Tanh() * _scale;

        public override Tensor Forward(Tensor x) => Forward(x, x);
    }
}
