using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Inspect.Tests.Steps;

/// <summary>Seeded faults, each with the operation that is to blame and the name of the cause.</summary>
public sealed class WhyNotTests
{
    public static TheoryData<string> NonFiniteCases => [.. NonFinite.Keys];

    public static TheoryData<string> ZeroCases => [.. Zero.Keys];

    private static Dictionary<string, (float[] X, Func<Tensor, Tensor> Loss, string Operation, string Label)> NonFinite { get; } = new()
    {
        ["log of 0, then more"] = ([1, 0, 2], x => (x.Log() * 2 - x).Mean(), "Log", "log 0"),
        ["log of a negative number"] = ([1, -3], x => x.Log().Sum(), "Log", "log of a negative number"),
        ["exp too large, then its ratio"] = ([1, 100], x => (x.Exp() / x.Exp().Sum()).Log().Sum(), "Exp", "exp overflow"),
        ["0/0"] = ([0, 1], x => (x / (x * 3)).Sum(), "Divide", "0/0"),
        ["division by 0"] = ([0, 1], x => (1 / x).Square().Sum(), "Divide", "division by 0"),
        ["reciprocal"] = ([4, 0], x => x.Reciprocal().Sum(), "Reciprocal", "division by 0"),
        ["root of a negative number"] = ([-1, 4], x => (x.Sqrt() + 1).Sum(), "Sqrt", "root of a negative number"),
        ["inverse root of 0"] = ([0, 4], x => x.Rsqrt().Sum(), "Rsqrt", "division by 0"),
        ["power of a negative number"] = ([-2, 4], x => x.Pow(0.5).Sum(), "Pow", "power of a negative number"),
        ["power of 0"] = ([0, 4], x => x.Pow(-2).Sum(), "Pow", "division by 0"),
        ["square too large"] = ([1e30f, 1], x => x.Square().Mean().Sqrt(), "Square", "overflow"),
        ["product too large"] = ([1e30f, 1], x => (x * 1e20).Square().Mean(), "Multiply", "overflow"),
        ["arc sine outside"] = ([2, 0], x => x.Asin().Sum(), "Asin", "outside the domain"),
        ["0 times an infinity that was given"] = ([0, 1], x => (x * Tensor.From([float.PositiveInfinity, 1])).Sum(), "Multiply", "0 x Inf"),
        ["difference of infinities that were given"] = ([1, 1], x => (x * 2 + Tensor.From([float.PositiveInfinity, 1]) - Tensor.From([float.PositiveInfinity, 1])).Sum(), "Subtract", "Inf - Inf"),
        ["slope of the root at 0"] = ([0, 4], x => x.Sqrt().Sum(), "Sqrt", "sqrt at 0"),
        ["slope of a distance of 0"] = ([0, 0], x => x.Square().Sum().Sqrt(), "Sqrt", "sqrt at 0"),
        ["slope of a power at 0"] = ([0, 4], x => x.Pow(0.5).Sum(), "Pow", "slope infinite at 0"),
        ["log of a softmax that rounds to 0"] = ([0, 200], x => x.Softmax(0).Log().Mean(), "Log", "log 0"),
        ["log of a sigmoid that rounds to 0"] = ([-200], x => -x.Sigmoid().Log().Mean(), "Log", "log 0"),
        ["mean too large"] = ([3e38f, 3e38f], x => (x + x).Mean(), "Add", "overflow"),
    };

    private static Dictionary<string, (float[] X, Func<Tensor, Tensor> Loss, string Operation, string Label)> Zero { get; } = new()
    {
        ["dead ReLU"] = ([-1, -2], x => ((x * 3).Relu() * 5 + 1).Square().Sum(), "Relu", "dead ReLU"),
        ["saturated sigmoid"] = ([200, -200], x => (x.Sigmoid() - 0.5).Square().Sum(), "Sigmoid", "saturated sigmoid"),
        ["saturated tanh"] = ([200, -200], x => (x.Tanh() * 3).Sum(), "Tanh", "saturated tanh"),
        ["saturated tanh behind a ReLU that lives"] = ([200, 300], x => x.Relu().Tanh().Sum(), "Tanh", "saturated tanh"),
        ["saturated softmax"] = ([500, 0], x => (x.Softmax(0) * Tensor.From([1f, 2f])).Sum(), "Softmax", "saturated softmax"),
        ["sum of a softmax that has not chosen"] = ([1, 1], x => x.Softmax(0).Sum(), "Softmax", "constant sum"),
        ["softmax over a single class"] = ([1, 2], x => (x.Reshape(2, 1).Softmax(1) * Tensor.From([3f, 4f]).Reshape(2, 1)).Sum(), "Softmax", "constant sum"),
        ["only what a softmax gives no share"] = ([1, 1, -500], x => (x.Softmax(0) * Tensor.From([0f, 0f, 1f])).Sum(), "Softmax", "saturated softmax"),
        ["masks that have nothing in common"] = ([1, 2], x => (x * Tensor.From([1f, 0f]) * Tensor.From([0f, 1f])).Sum(), "Multiply", "zero factor"),
        ["weights that cancel"] = ([1, 2], x => x.Reshape(2, 1).MatMul(Tensor.From([1f, -1f]).Reshape(1, 2)).Sum(), "MatMul", "contributions cancel"),
        ["branch not taken"] = ([1, 2], x => Tensor.Where(x > 5, x * 2, Tensor.From([1f, 1f])).Sum(), "Where", "branch not taken"),
        ["smaller than the other"] = ([1, 2], x => Tensor.Maximum(x, 7.0 + Tensor.Zeros([2])).Sum(), "Maximum", "branch not taken"),
        ["clamped"] = ([10, 20], x => x.Clamp(-1, 1).Sum(), "Clamp", "clamped"),
        ["factor 0"] = ([10, 20], x => (x * Tensor.Zeros([2])).Sum(), "Multiply", "zero factor"),
        ["weights 0"] = ([10, 20], x => (x.Reshape(1, 2).MatMul(Tensor.Zeros([2, 3])) + 1).Square().Sum(), "MatMul", "zero factor"),
        ["flat at 0"] = ([0, 0], x => (x.Square() * 4).Sum(), "Square", "flat at 0"),
        ["exp underflow"] = ([-200, -300], x => x.Exp().Sum(), "Exp", "exp underflow"),
        ["underflow"] = ([1, 2], x => (x * 1e-30 * 1e-30).Sum(), "Multiply", "underflow"),
        ["contributions cancel"] = ([1, 2], x => (x - x).Sum(), "", "contributions cancel"),
    };

    [Theory, MemberData(nameof(NonFiniteCases))]
    public void The_operation_that_made_the_first_number_that_is_not_finite_is_named(string name)
    {
        (float[] values, Func<Tensor, Tensor> loss, string operation, string label) = NonFinite[name];
        Tensor x = Tensor.From(values).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => loss(x), names: [("x", x)]);
        Fault fault = WhyNot.NonFinite(recording)!;

        Assert.Equal((FaultKind.NotFinite, operation, label), (fault.Kind, recording.Graph.Nodes[fault.Node].Operation, fault.Label));
        Assert.Contains(label, fault.Text, StringComparison.Ordinal);
        Assert.NotNull(fault.Event);
    }

    [Theory, MemberData(nameof(ZeroCases))]
    public void The_first_factor_of_0_on_the_way_of_a_gradient_is_named(string name)
    {
        (float[] values, Func<Tensor, Tensor> loss, string operation, string label) = Zero[name];
        Tensor x = Tensor.From(values).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => loss(x), names: [("x", x)]);
        Fault fault = Assert.Single(WhyNot.Find(recording));

        Assert.Equal((FaultKind.ZeroGradient, label), (fault.Kind, fault.Label));
        if (operation.Length > 0)
            Assert.Equal(operation, recording.Graph.Nodes[fault.Node].Operation);
    }

    [Fact]
    public void A_gradient_that_never_comes_names_the_cut()
    {
        Tensor x = Tensor.From([1f, 2f]).RequiresGrad(), w = Tensor.From([3f, 4f]).RequiresGrad();
        Assert.Equal("detached", Only(() => (x.Detach() * w).Sum()).Label);
        Assert.Equal("step function", Only(() => ((x * 3).Round() * w).Sum()).Label);
        Assert.Equal("step function", Only(() => ((x > 1).To(DType.Float32) * w).Sum()).Label);
        Assert.Equal("not part of the loss", Only(() =>
        {
            _ = x * 2;
            return w.Sum();
        }).Label);

        Fault Only(Func<Tensor> loss)
        {
            Fault fault = Assert.Single(WhyNot.Find(StepRecording.Of(loss, names: [("x", x), ("w", w)])));
            Assert.Equal(FaultKind.NoGradient, fault.Kind);
            return fault;
        }
    }

    [Fact]
    public void A_factor_of_0_is_found_from_the_far_end_of_a_long_chain()
    {
        // Each link multiplies by 1; the last factor is 0, so every gradient before it is 0 and the search goes the whole way.
        const int links = 6000;
        Tensor x = Tensor.From([1f]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() =>
        {
            Tensor y = x;
            for (int i = 0; i < links; i++)
                y = -y;
            return (y * Tensor.Zeros([1])).Sum();
        }, names: [("x", x)]);
        Fault fault = Assert.Single(WhyNot.Find(recording));
        Assert.Equal(("zero factor", "Multiply"), (fault.Label, recording.Graph.Nodes[fault.Node].Operation));
    }

    [Fact]
    public void A_number_that_was_given_as_NaN_is_blamed_on_no_operation()
    {
        Tensor x = Tensor.From([1f, float.NaN]), w = Tensor.From([1f, 1f]).RequiresGrad();
        Fault fault = WhyNot.NonFinite(StepRecording.Of(() => (x * w).Exp().Sum(), names: [("x", x), ("w", w)]))!;
        Assert.Equal(("not finite from the beginning", null), (fault.Label, fault.Event));
        Assert.Contains("x is NaN at [1]", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_is_too_large_is_blamed_on_the_learning_rate()
    {
        Tensor w = Tensor.From([1f]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => w.Sum() * 1e20, new Sgd([w], 1e30), names: [("w", w)]);
        Assert.Equal("learning rate too high", WhyNot.NonFinite(recording)!.Label);
    }

    [Fact]
    public void A_healthy_network_has_no_fault_even_with_a_mask_of_infinities()
    {
        var key = new RandomKey(5);
        var model = new Sequential(new Linear(3, 4, key.Child(1)), new Tanh(), new Linear(4, 2, key.Child(2)));
        Tensor x = Tensor.Normal([4, 3], key.Child(3)), mask = Tensor.From([0f, float.NegativeInfinity]);
        Assert.Empty(WhyNot.Find(StepRecording.Of(() => Loss.CrossEntropy(model.Apply(x), Tensor.From<long>([0, 1, 1, 0])), new Adam(model.Parameters()), model)));
        Assert.DoesNotContain(WhyNot.Find(StepRecording.Of(() => ((model.Apply(x) + mask).Softmax(-1) * model.Apply(x)).Sum(), model: model)), fault => fault.Kind == FaultKind.NotFinite);
    }
}
