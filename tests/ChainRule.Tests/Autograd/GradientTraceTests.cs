using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Tests.Autograd;

public sealed class GradientTraceTests
{
    private static readonly Tensor _data = Tensor.From(new[] { 0.5, -1.5, 2.0 });

    /// <summary>Each way to lose a gradient: what cuts it, why, and the shape of its result.</summary>
    private static readonly (string Name, Func<Tensor, Tensor> Cut, GradientCutKind Kind, string Operation, Shape Shape)[] Cuts =
    [
        ("Detach", w => w.Detach(), GradientCutKind.Detach, "Detach", [3]),
        ("Detach of a result", w => (w * _data).Sum(keepDims: true).Detach(), GradientCutKind.Detach, "Detach", [1]),
        ("Detach, then a new leaf", w => w.Detach().RequiresGrad(), GradientCutKind.Detach, "Detach", [3]),
        ("NoGrad", WithoutRecording, GradientCutKind.NoGrad, "Multiply", [3]),
        ("NoGrad inside NoGrad", TwiceWithoutRecording, GradientCutKind.NoGrad, "Reshape", [3, 1]),
        ("greater", w => (w > 0).To(DType.Float64), GradientCutKind.ZeroDerivative, "Less", [3]),
        ("at most", w => (w <= _data).To(DType.Float64), GradientCutKind.ZeroDerivative, "LessOrEqual", [3]),
        ("equal", w => w.EqualTo(1).To(DType.Float64), GradientCutKind.ZeroDerivative, "Equal", [3]),
        ("not equal", w => w.NotEqualTo(1).To(DType.Float64), GradientCutKind.ZeroDerivative, "Equal", [3]),
        ("only as a condition", w => Tensor.Where(w > 0, _data, -_data), GradientCutKind.ZeroDerivative, "Less", [3]),
        ("int32", w => w.To(DType.Int32).To(DType.Float64), GradientCutKind.Cast, "Cast to int32", [3]),
        ("int64", w => w.To(DType.Int64) * _data, GradientCutKind.Cast, "Cast to int64", [3]),
        ("bool", w => w.To(DType.Bool).To(DType.Float64), GradientCutKind.Cast, "Cast to bool", [3]),
        ("as positions", w => _data.Take(w.Clamp(0, 2).To(DType.Int64)), GradientCutKind.Cast, "Cast to int64", [3]),
        ("ArgMax", w => w.ArgMax().To(DType.Float64), GradientCutKind.ZeroDerivative, "ArgMax", []),
        ("ArgMin", w => w.ArgMin(0, keepDims: true).To(DType.Float64), GradientCutKind.ZeroDerivative, "ArgMin", []),
        ("OneHot", w => w.ArgMax().OneHot(3, DType.Float64) * _data, GradientCutKind.ZeroDerivative, "ArgMax", []),
        ("OneHot of a cast", w => w.Abs().To(DType.Int64).OneHot(9, DType.Float64).Sum(), GradientCutKind.Cast, "Cast to int64", [3]),
        ("Sign", w => w.Sign() * _data, GradientCutKind.ZeroDerivative, "Sign", [3]),
        ("a gradient taken inside NoGrad", SlopeWithoutRecording, GradientCutKind.NoGrad, "Cos", [3]),
    ];

    public static TheoryData<string> Ways => [.. Cuts.Select(row => row.Name)];

    [Fact]
    public void There_are_twenty_ways() => Assert.Equal(20, Cuts.Length);

    [Theory, MemberData(nameof(Ways))]
    public void A_parameter_that_no_gradient_reached_names_what_cut_it(string name)
    {
        (_, Func<Tensor, Tensor> cut, GradientCutKind kind, string operation, Shape shape) = Cuts.Single(row => row.Name == name);
        Tensor w = Leaf(0.3, -1.2, 2.5), other = Leaf(1, 2, 3);
        GradientTraceReport report = GradientTrace.Run(() => (cut(w * 2) + other).Square().Sum(), [("w", w), ("other", other)]);

        Assert.False(report.AllReached);
        GradientTraceRow row = report.Rows[0];
        Assert.Equal(("w", false), (row.Name, row.Reached));
        Assert.Equal((kind, operation, shape), (row.Cut!.Kind, row.Cut.Operation, row.Cut.Shape));
        Assert.Single(row.Cuts);
        Assert.Equal(row.Cut.Advice, row.Advice);
        Assert.Equal($"{row.Cut}", row.Reason);
        Assert.Equal(("other", true, "", ""), (report.Rows[1].Name, report.Rows[1].Reached, report.Rows[1].Reason, report.Rows[1].Advice));
        Assert.Null(w.Grad);
        Assert.Null(other.Grad);
    }

    [Fact]
    public void The_line_that_asked_for_the_cut_is_named()
    {
        Tensor w = Leaf(1, 2);
        GradientCut cut = GradientTrace.Run(() => w.Square().Detach().Sum(), [("w", w)]).Rows[0].Cut!;
        Assert.Matches(@"^GradientTraceTests\.cs:\d+$", cut.Place);
        Assert.Equal($"Detach of [2] at {cut.Place}", cut.ToString());
        Assert.Contains("Detach()", cut.Advice);
    }

    [Fact]
    public void All_are_reached_where_nothing_is_cut()
    {
        var model = new Sequential(new Linear(3, 4), new Relu(), new Linear(4, 2));
        GradientTraceReport report = GradientTrace.Run(() => Loss.MeanSquaredError(model.Forward(Tensor.Ones([5, 3])), Tensor.Zeros([5, 2])), model.NamedParameters());
        Assert.True(report.AllReached);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], report.Rows.Select(row => row.Name));
        Assert.All(report.Rows, row => Assert.Empty(row.Cuts));
        Assert.All(model.Parameters(), parameter => Assert.Null(parameter.Grad));
    }

    [Fact]
    public void A_gradient_of_zero_is_a_gradient()
    {
        Tensor w = Leaf(-1, -2);
        Assert.True(GradientTrace.Run(() => (w * 0).Relu().Sum(), [w]).AllReached);
    }

    [Fact]
    public void A_cut_beside_a_way_that_is_open_is_no_cut()
    {
        Tensor w = Leaf(1, 2);
        GradientTraceRow row = GradientTrace.Run(() => (w * w.Detach() + (w > 0).To(DType.Float64)).Sum(), [w]).Rows[0];
        Assert.True(row.Reached);
        Assert.Empty(row.Cuts);
    }

    [Fact]
    public void Several_cuts_are_named_in_the_order_in_which_they_ran()
    {
        Tensor w = Leaf(1, 2), other = Leaf(3);
        GradientTraceRow row = GradientTrace.Run(() => ((w > 0).To(DType.Float64) * w.Sign() * w.Detach() + other).Sum(), [("w", w), ("other", other)]).Rows[0];
        Assert.Equal(["Less", "Sign", "Detach"], row.Cuts.Select(cut => cut.Operation));
        Assert.Same(row.Cuts[0], row.Cut);
        Assert.Equal($"{row.Cuts[0]}, and 2 more", row.Reason);
        Assert.Equal($"{row.Cuts[0].Advice} {row.Cuts[2].Advice}", row.Advice);
    }

    [Fact]
    public void Only_the_first_cut_on_a_way_counts()
    {
        Tensor w = Leaf(1, 2);
        GradientTraceRow row = GradientTrace.Run(() => w.Detach().Sign().Detach().Sum(), [w]).Rows[0];
        Assert.Equal(GradientCutKind.Detach, Assert.Single(row.Cuts).Kind);
    }

    [Fact]
    public void A_cut_that_the_loss_does_not_depend_on_is_not_blamed()
    {
        Tensor w = Leaf(1, 2), other = Leaf(3);
        GradientTraceRow row = GradientTrace.Run(
            () =>
            {
                _ = w.Detach().Sum();
                return (w.Sign() * other).Sum();
            },
            [w, other]).Rows[0];
        Assert.Equal("Sign", Assert.Single(row.Cuts).Operation);
    }

    [Fact]
    public void An_operand_that_went_in_twice_is_cut_once()
    {
        Tensor w = Leaf(1, 2), other = Leaf(3);
        GradientTraceRow row = GradientTrace.Run(() => (WithoutRecording(w) + other).Sum(), [w, other]).Rows[0];
        Assert.Single(row.Cuts);
        Assert.Equal("Multiply of [2] inside NoGrad", row.Cuts[0].ToString().Split(" at ")[0]);
    }

    [Fact]
    public void A_loss_computed_inside_NoGrad_is_cut_at_its_first_operation()
    {
        Tensor w = Leaf(1, 2);
        GradientCut cut;
        using (new NoGrad())
            cut = GradientTrace.Run(() => (w * 3).Sum(), [w]).Rows[0].Cut!;
        Assert.Equal((GradientCutKind.NoGrad, "Multiply"), (cut.Kind, cut.Operation));
    }

    [Fact]
    public void Each_parameter_has_its_own_cut()
    {
        Tensor a = Leaf(1, 2), b = Leaf(3, 4), c = Leaf(5, 6);
        GradientTraceReport report = GradientTrace.Run(() => ((a.Detach() + b).Sign() + c).Sum(), [("a", a), ("b", b), ("c", c)]);
        Assert.Equal(["Detach", "Sign", null], report.Rows.Select(row => row.Cut?.Operation));
    }

    [Fact]
    public void An_unused_parameter_is_told_from_one_that_is_cut()
    {
        Tensor w = Leaf(1, 2), unused = Leaf(3);
        GradientTraceRow row = GradientTrace.Run(() => w.Sum(), [("w", w), ("unused", unused)]).Rows[1];
        Assert.False(row.Reached);
        Assert.Null(row.Cut);
        Assert.Equal("nothing was computed from it", row.Reason);
        Assert.Contains("leave it out", row.Advice);
    }

    [Fact]
    public void What_leaves_the_tensors_is_last_seen_where_it_left()
    {
        Tensor w = Leaf(1, 2), other = Leaf(3);
        GradientTraceRow row = GradientTrace.Run(() => Tensor.From((w * 2).ToArray<double>()).Sum() * other.Sum() + w.Square().Sum().Item<double>(), [w, other]).Rows[0];
        Assert.False(row.Reached);
        Assert.Empty(row.Cuts);
        Assert.Equal("the loss does not depend on it (last seen in Sum of [])", row.Reason);
        Assert.Contains("ToArray", row.Advice);
    }

    [Fact]
    public void A_tensor_that_is_no_leaf_is_told_how_to_become_one()
    {
        Tensor w = Leaf(1, 2), scaled = w * 0.1, constant = Tensor.Ones([2], DType.Float64);
        GradientTraceReport report = GradientTrace.Run(() => (scaled * constant).Sum(), [("scaled", scaled), ("constant", constant)]);
        Assert.Equal(["it is the result of Multiply", "it does not require a gradient"], report.Rows.Select(row => row.Reason));
        Assert.All(report.Rows, row => Assert.False(row.Reached));
        Assert.All(report.Rows, row => Assert.Contains("RequiresGrad()", row.Advice));
    }

    [Fact]
    public void A_gradient_that_was_asked_for_too_late_is_named()
    {
        Tensor w = Tensor.Ones([2], DType.Float64), other = Leaf(3);
        GradientTraceRow row = GradientTrace.Run(
            () =>
            {
                Tensor early = w * 2;
                w.RequiresGrad();
                return (early + other).Sum();
            },
            [w, other]).Rows[0];
        Assert.Equal((GradientCutKind.Untracked, "Multiply"), (row.Cut!.Kind, row.Cut.Operation));
    }

    [Fact]
    public void A_view_detached_beforehand_is_recognized_by_its_memory()
    {
        Tensor w = Leaf(1, 2), other = Leaf(3, 4), transposed = w.Detach().Reshape(2, 1);
        GradientTraceRow row = GradientTrace.Run(() => other.Reshape(1, 2).MatMul(transposed).Sum(), [w, other]).Rows[0];
        Assert.Equal((GradientCutKind.Untracked, "MatMul"), (row.Cut!.Kind, row.Cut.Operation));
    }

    [Fact]
    public void A_term_that_a_derivative_forgets_does_not_get_into_the_loss()
    {
        // The slope of x * y + 5z^2 in x is y: z is gone.
        Tensor y = Leaf(2), z = Leaf(3);
        GradientTraceReport report = GradientTrace.Run(
            () => Differentiate.Grad(x => (x * y + z.Square() * 5).Sum())(Tensor.Ones([1], DType.Float64)).Sum(),
            [("y", y), ("z", z)]);
        Assert.True(report.Rows[0].Reached);
        Assert.False(report.Rows[1].Reached);
        Assert.StartsWith("the loss does not depend on it", report.Rows[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_lost_its_history_on_the_way_out_is_cut_there()
    {
        Tensor w = Leaf(2);
        GradientCut cut = GradientTrace.Run(() => w.Square().Alias(), [w]).Rows[0].Cut!;
        Assert.Equal((GradientCutKind.Untracked, "the loss"), (cut.Kind, cut.Operation));
    }

    [Fact]
    public void A_parameter_in_a_list_inside_a_module_is_named_by_its_place()
    {
        var model = new Tower();
        GradientTraceReport report = GradientTrace.Run(() => model.Forward(Tensor.Ones([2, 3])).Sum(), model.NamedParameters());
        Assert.Equal(
            [("layers.0.weight", false), ("layers.0.bias", false), ("layers.1.weight", false), ("layers.1.bias", false), ("layers.2.weight", true), ("layers.2.bias", true), ("spare", false)],
            report.Rows.Select(row => (row.Name, row.Reached)));
        Assert.All(report.Rows.Take(4), row => Assert.Equal("Detach", row.Cut!.Operation));
        Assert.Null(report.Rows[6].Cut);
    }

    [Fact]
    public void A_shared_parameter_is_reached_by_one_open_way_of_several()
    {
        Tensor shared = Leaf(1, 2);
        Tensor Loss(bool isOpen) => (shared.Detach() * 3 + (isOpen ? shared : shared.Sign())).Sum();
        Assert.True(GradientTrace.Run(() => Loss(true), [("first", shared), ("second", shared)]).AllReached);
        GradientTraceReport report = GradientTrace.Run(() => Loss(false), [("first", shared), ("second", shared)]);
        Assert.All(report.Rows, row => Assert.Equal(["Detach", "Sign"], row.Cuts.Select(cut => cut.Operation)));
    }

    [Fact]
    public void Parameters_of_an_optimizer_are_called_by_their_places()
    {
        Tensor a = Leaf(1), b = Leaf(2);
        var optimizer = new Sgd([a, b], 0.1f);
        GradientTraceReport report = GradientTrace.Run(() => (a * b.Detach()).Sum(), optimizer.Parameters);
        Assert.Equal([("parameter 0", true), ("parameter 1", false)], report.Rows.Select(row => (row.Name, row.Reached)));
    }

    [Fact]
    public void The_errors_of_a_missing_gradient_name_the_trace()
    {
        Tensor w = Leaf(1);
        Assert.Contains("GradientTrace.Run", Assert.Throws<DifferentiationException>(() => new Sgd([w], 0.1f).Step()).Message);
        Assert.Contains("GradientTrace.Run", Assert.Throws<DifferentiationException>(() => w.Detach().Sum().Backward()).Message);
    }

    [Fact]
    public void A_loss_that_was_computed_before_cannot_be_traced()
    {
        Tensor w = Leaf(1), loss = w.Square().Sum();
        Assert.Contains("inside of it", Assert.Throws<DifferentiationException>(() => GradientTrace.Run(() => loss, [w])).Message);
        loss.Backward();
        Assert.Equal(2, w.Grad!.Item<double>());
    }

    [Fact]
    public void A_loss_that_is_no_single_number_is_refused()
    {
        Tensor w = Leaf(1, 2);
        Assert.Contains("[2]", Assert.Throws<DifferentiationException>(() => GradientTrace.Run(() => w * 2, [w])).Message);
    }

    [Fact]
    public void Nobody_watches_afterwards()
    {
        Tensor w = Leaf(1);
        GradientTrace.Run(() => w * 2, [w]);
        Assert.Null(Interpreter.Witness);
        Assert.Throws<TimeoutException>(() => GradientTrace.Run(() => throw new TimeoutException(), [w]));
        Assert.Null(Interpreter.Witness);
    }

    [Fact]
    public void A_long_chain_is_followed_without_recursion()
    {
        Tensor w = Leaf(1);
        GradientTraceRow row = GradientTrace.Run(
            () =>
            {
                Tensor y = w.Sum();
                for (int i = 0; i < 100_000; i++)
                    y += 1;
                return y.Detach();
            },
            [w]).Rows[0];
        Assert.Equal("Detach", row.Cut!.Operation);
    }

    [Fact]
    public void The_report_is_a_table_with_advice_below()
    {
        var cut = new GradientCut(GradientCutKind.Detach, "Detach", [3, 4], "Model.cs:12");
        var report = new GradientTraceReport(
        [
            new("0.weight", [4, 2], true, [], "", ""),
            new("encoder.bias", [4], false, [cut], $"{cut}", "Mend it."),
            new("1.weight", [4, 16], false, [cut], $"{cut}", "Mend it."),
            new("scale", [], false, [], "nothing was computed from it", "Use it."),
        ]);
        Assert.Equal(
            """
            parameter     shape    gradient  kept away by
            0.weight      [4, 2]   arrives
            encoder.bias  [4]      none      Detach of [3, 4] at Model.cs:12
            1.weight      [4, 16]  none      Detach of [3, 4] at Model.cs:12
            scale         []       none      nothing was computed from it

            encoder.bias, 1.weight: Mend it.
            scale: Use it.
            """.ReplaceLineEndings("\n"),
            report.ToString());
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values).RequiresGrad();

    private static Tensor WithoutRecording(Tensor w)
    {
        using (new NoGrad())
            return w * w;
    }

    private static Tensor SlopeWithoutRecording(Tensor w)
    {
        using (new NoGrad())
            return Differentiate.Grad(v => v.Sin().Sum())(w);
    }

    private static Tensor TwiceWithoutRecording(Tensor w)
    {
        using (new NoGrad())
        {
            Tensor column;
            using (new NoGrad())
                column = w.Reshape(3, 1);
            return (column * 2).Reshape(3);
        }
    }

    /// <summary>Three layers in a list, of which only the last can learn, and a parameter that is not used.</summary>
    private sealed class Tower : Module
    {
        private readonly List<Linear> _layers = [new(3, 3), new(3, 3), new(3, 1)];
        private readonly Parameter _spare = new(Tensor.Ones([2]));

        public override Tensor Forward(Tensor x) => _layers[2].Forward(_layers[1].Forward(_layers[0].Forward(x)).Detach());

        public override string ToString() => $"Tower with {_spare.Value.ElementCount} to spare";
    }
}
