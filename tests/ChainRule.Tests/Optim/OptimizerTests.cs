using ChainRule.Optim;

namespace ChainRule.Tests.Optim;

public sealed class OptimizerTests
{
    public static TheoryData<string> Kinds => ["Sgd", "Momentum", "Adam", "AdamW"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_parameter_without_gradient_stays_as_it_is(string kind)
    {
        Tensor reached = Leaf(1, 2), left = Leaf(3, 4);
        Optimizer optimizer = Make(kind, [reached, left]);
        reached.Grad = (double[])[1, 1];
        optimizer.Step();
        Assert.Equal([3.0, 4], left.ToArray<double>());
        Assert.All(reached.ToArray<double>().Zip([1.0, 2]), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void A_parameter_that_the_loss_never_reaches_is_named_at_the_second_step()
    {
        Tensor first = Leaf(1, 2), second = Leaf(3, 4);
        var optimizer = new Sgd([first, second], learningRate: 0.1);
        Learn();
        string message = Assert.Throws<DifferentiationException>(Learn).Message;
        Assert.Contains("never had one: 0 [2].", message, StringComparison.Ordinal);
        Assert.Contains("GradientTrace.Run(", message, StringComparison.Ordinal);
        optimizer.AllowMissingGradients = true;
        Learn();
        optimizer.AllowMissingGradients = false;
        first.RequiresGrad(false);
        Learn();

        void Learn()
        {
            optimizer.ZeroGrad();
            (first.Tanh().Detach() * second).Sum().Backward();
            optimizer.Step();
        }
    }

    [Fact]
    public void A_parameter_may_sit_out_steps_once_it_has_had_a_gradient()
    {
        Tensor first = Leaf(1, 2), second = Leaf(3, 4);
        var optimizer = new Sgd([first, second], learningRate: 0.1);
        for (int step = 0; step < 6; step++)
        {
            optimizer.ZeroGrad();
            (step % 2 == 0 ? first : second).Sum().Backward();
            optimizer.Step();
        }
        // Three steps of 0.1 each.
        Assert.All(first.ToArray<double>().Zip([0.7, 1.7]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.All(second.ToArray<double>().Zip([2.7, 3.7]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_without_any_gradient_is_an_error_that_lists_the_parameters(string kind)
    {
        Tensor[] parameters = [Tensor.Zeros([2, 3]).RequiresGrad(), .. Enumerable.Range(0, 9).Select(_ => Tensor.Zeros([4]).RequiresGrad())];
        Optimizer optimizer = Make(kind, parameters);
        string message = Assert.Throws<DifferentiationException>(optimizer.Step).Message;
        Assert.Contains("0 [2, 3], 1 [4]", message, StringComparison.Ordinal);
        Assert.Contains("7 [4] and 2 more", message, StringComparison.Ordinal);
        Assert.Contains("Backward()", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_does_not_fit_never_reaches_an_optimizer()
    {
        Tensor parameter = Leaf(3, 4);
        Assert.Contains("[2, 1]", Assert.Throws<ShapeException>(() => parameter.Grad = Tensor.Ones([2, 1], DType.Float64)).Message, StringComparison.Ordinal);
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => parameter.Grad = Tensor.Ones([2], DType.Float32)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_gradient_that_is_a_transposed_view_counts_element_by_element(string kind)
    {
        Tensor values = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, gradient = new double[,] { { 0.5, -1 }, { 2, 3 }, { -4, 0.25 } };
        Tensor viewed = values.Clone().RequiresGrad(), copied = values.Clone().RequiresGrad();
        Optimizer ofView = Make(kind, [viewed]), ofCopy = Make(kind, [copied]);
        for (int step = 1; step <= 3; step++)
        {
            viewed.Grad = (gradient * step).T;
            copied.Grad = (gradient * step).T.Contiguous();
            Assert.False(viewed.Grad.IsContiguous);
            ofView.Step();
            ofCopy.Step();
        }
        Assert.Equal(copied.ToArray<double>(), viewed.ToArray<double>());
        Assert.NotEqual(values.ToArray<double>(), viewed.ToArray<double>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_changes_the_parameter_alone_and_marks_the_change(string kind)
    {
        Tensor parameter = Leaf(1, 2);
        Optimizer optimizer = Make(kind, [parameter]);
        Tensor loss = parameter.Square().Sum();
        loss.Backward(retainGraph: true);
        double[] gradient = parameter.Grad!.ToArray<double>();
        optimizer.Step();
        Assert.Equal(gradient, parameter.Grad!.ToArray<double>());
        Assert.True(parameter.IsLeaf);
        // The square's derivative would now be taken at other values than its own.
        Assert.Throws<InPlaceException>(() => loss.Backward());
    }

    [Fact]
    public void A_tensor_that_is_given_twice_is_adjusted_once()
    {
        Tensor parameter = Leaf(1, 2), other = Leaf(5);
        var optimizer = new Sgd([parameter, other, parameter], learningRate: 0.5);
        Assert.Equal(2, optimizer.Parameters.Count);
        parameter.Grad = (double[])[1, -2];
        optimizer.Step();
        Assert.Equal([0.5, 3], parameter.ToArray<double>());
    }

    [Fact]
    public void ZeroGrad_forgets_all_gradients()
    {
        Tensor first = Leaf(1), second = Leaf(2);
        var optimizer = new Sgd([first, second], learningRate: 0.5);
        (first * second).Sum().Backward();
        Assert.Equal((2.0, 1.0), (first.Grad!.Item<double>(), second.Grad!.Item<double>()));
        optimizer.ZeroGrad();
        Assert.Null(first.Grad);
        Assert.Null(second.Grad);
    }

    [Fact]
    public void Only_contiguous_leaves_that_require_a_gradient_are_taken()
    {
        Tensor result = Leaf(1, 2) * 2, constant = Tensor.Zeros([2]), view = Tensor.Zeros([2, 3]).T.RequiresGrad();
        Assert.Contains("parameter 1 of shape [2] is the result of an operation", Assert.Throws<DifferentiationException>(() => new Adam([Leaf(1), result])).Message, StringComparison.Ordinal);
        Assert.Contains("Sgd: parameter 0 of shape [2] does not require a gradient", Assert.Throws<DifferentiationException>(() => new Sgd([constant], 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("Contiguous()", Assert.Throws<ArgumentException>(() => new Adam([view])).Message, StringComparison.Ordinal);
        Assert.Contains("AdamW: there are no parameters", Assert.Throws<ArgumentException>(() => new AdamW([])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new Adam(null!));
        Assert.Throws<ArgumentNullException>(() => new Adam([null!]));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void Settings_are_numbers_and_not_negative(double bad)
    {
        Tensor[] parameters = [Leaf(1)];
        Func<object>[] attempts =
        [
            () => new Sgd(parameters, bad),
            () => new Sgd(parameters, 0.1, momentum: bad),
            () => new Sgd(parameters, 0.1, weightDecay: bad),
            () => new Adam(parameters, bad),
            () => new Adam(parameters, beta1: bad),
            () => new Adam(parameters, beta2: bad),
            () => new Adam(parameters, epsilon: bad),
            () => new AdamW(parameters, weightDecay: bad),
            () => new Sgd(parameters, 0.1).LearningRate = bad,
        ];
        Assert.All(attempts, attempt => Assert.Throws<ArgumentOutOfRangeException>(attempt));
    }

    [Fact]
    public void A_memory_that_never_fades_and_a_look_ahead_along_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adam([Leaf(1)], beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Adam([Leaf(1)], beta2: 1));
        Assert.Throws<ArgumentException>("nesterov", () => new Sgd([Leaf(1)], 0.1, nesterov: true));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_rate_of_zero_moves_nothing(string kind)
    {
        Tensor parameter = Leaf(1, -2, 3);
        Optimizer optimizer = Make(kind, [parameter]);
        optimizer.LearningRate = 0;
        parameter.Grad = (double[])[1, 2, 3];
        optimizer.Step();
        Assert.Equal([1.0, -2, 3], parameter.ToArray<double>());
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values).RequiresGrad();

    private static Optimizer Make(string kind, Tensor[] parameters) => kind switch
    {
        "Sgd" => new Sgd(parameters, 0.1, weightDecay: 0.1),
        "Momentum" => new Sgd(parameters, 0.1, momentum: 0.9, nesterov: true),
        "Adam" => new Adam(parameters, 0.1),
        _ => new AdamW(parameters, 0.1, weightDecay: 0.1),
    };
}
