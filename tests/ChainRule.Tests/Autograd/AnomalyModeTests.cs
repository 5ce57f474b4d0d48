using System.Runtime.CompilerServices;
using ChainRule.Optim;

namespace ChainRule.Tests.Autograd;

/// <summary>The mode that names the first operation to make a NaN or an infinity.</summary>
public sealed class AnomalyModeTests
{
    private static readonly double[] WithZero = [1, 0, 4];

    [Fact]
    public void The_logarithm_of_zero_is_named_with_place_and_line()
    {
        using var mode = new AnomalyMode();
        Tensor x = WithZero;
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => LogOf(x));
        Assert.Equal("Log", fault.Operation);
        Assert.False(fault.IsBackward);
        Assert.Contains("is -inf at [1]", fault.Message, StringComparison.Ordinal);
        Assert.Contains("operand 0: float64[3] = 1, 0, 4; 0 at [1]", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("AnomalyModeTests.cs", fault.File, StringComparison.Ordinal);
        Assert.Equal(LineOf("private static Tensor LogOf("), fault.Line);
    }

    [Fact]
    public void A_step_that_ends_in_a_parameter_that_is_not_finite_is_named_with_optimizer_and_parameter()
    {
        Tensor fine = Tensor.Ones([3]).RequiresGrad(), torn = Tensor.Full([2], 3e38).RequiresGrad(), wide = Tensor.Ones([2, 2]).RequiresGrad();
        using var mode = new AnomalyMode();
        foreach (Optimizer optimizer in (Optimizer[])[new Sgd([fine, torn], 1), new Asgd([fine, torn], 1)])
        {
            (fine.Grad, torn.Grad) = (Tensor.Ones([3]), new[] { 0f, -3e38f });
            NonFiniteException fault = Assert.Throws<NonFiniteException>(optimizer.Step);
            Assert.Equal(optimizer.GetType().Name, fault.Operation);
            Assert.StartsWith($"{fault.Operation}: after its step parameter 1 of shape [2] is inf at [1], though it was finite before", fault.Message, StringComparison.Ordinal);
            optimizer.Step(); // what is not finite already raises no alarm
            torn.Detach().Fill(3e38);
        }
        wide.Grad = Tensor.Full([2, 2], double.NaN);
        Assert.Contains("parameter 0 of shape [2, 2] is NaN", Assert.Throws<NonFiniteException>(new Muon([wide]).Step).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_ends_in_a_parameter_that_is_not_finite_is_named_too()
    {
        Tensor parameter = Tensor.Ones([1]).RequiresGrad();
        using var mode = new AnomalyMode();
        // Downhill to a floor, in a step that float32 does not hold.
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => new Lbfgs([parameter], learningRate: 1e39).Step(() => parameter.Clamp(-3e38).Sum()));
        Assert.StartsWith("Lbfgs: after its step parameter 0 of shape [1] is -inf at [0], though it was finite before", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_by_zero_and_an_overflow_of_exp_are_named()
    {
        using var mode = new AnomalyMode();
        Tensor zero = 0.0, large = new[] { 88f, 89f };
        Assert.Equal("Divide", Assert.Throws<NonFiniteException>(() => zero / zero).Operation);
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => large.Exp());
        Assert.Equal("Exp", fault.Operation);
        Assert.Contains("is inf at [1]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_slope_of_a_root_at_zero_is_named_with_the_line_of_the_forward_call()
    {
        using var mode = new AnomalyMode();
        Tensor x = ((Tensor)WithZero).RequiresGrad();
        Tensor root = RootOf(x);
        Tensor loss = root.Sum();
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => loss.Backward());
        Assert.Equal("Sqrt", fault.Operation);
        Assert.True(fault.IsBackward);
        Assert.Contains("Backward of Sqrt", fault.Message, StringComparison.Ordinal);
        Assert.Contains("is inf at [1]", fault.Message, StringComparison.Ordinal);
        Assert.Equal(LineOf("private static Tensor RootOf("), fault.Line);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Opposite_infinities_that_meet_at_a_leaf_are_named()
    {
        using var mode = new AnomalyMode(allowInfinity: true);
        Tensor x = ((Tensor)0.0).RequiresGrad();
        Tensor difference = x.Sqrt() - (4 * x).Sqrt();
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => difference.Backward());
        Assert.True(fault.IsBackward);
        Assert.Contains("sum of the gradients", fault.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_were_not_finite_before_raise_no_alarm()
    {
        using var mode = new AnomalyMode();
        Tensor broken = new[] { 1, double.NaN, double.PositiveInfinity };
        Assert.True(double.IsNaN((broken * 2 + 1).Sum().Item<double>()));
        Tensor masked = Tensor.Where(Tensor.From([true, false, true]), new[] { 1.0, 2, 3 }, double.NegativeInfinity);
        Assert.Equal(0, masked.Softmax()[1].Item<double>());
        Assert.Equal(double.NegativeInfinity, Tensor.Zeros([2, 0]).LogSumExp(1)[0].Item<double>());
    }

    [Fact]
    public void A_difference_of_infinities_is_an_alarm_though_infinities_went_in()
    {
        using var mode = new AnomalyMode(allowInfinity: true);
        Tensor infinite = double.PositiveInfinity;
        Assert.Equal("Subtract", Assert.Throws<NonFiniteException>(() => infinite - infinite).Operation);
    }

    [Fact]
    public void Infinities_pass_if_they_are_allowed()
    {
        using var mode = new AnomalyMode(allowInfinity: true);
        Tensor x = ((Tensor)WithZero).RequiresGrad();
        Tensor loss = x.Log().Sum();
        loss.Backward();
        Assert.Equal([1, double.PositiveInfinity, 0.25], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void An_infinite_slope_of_a_branch_not_taken_does_no_harm()
    {
        using var mode = new AnomalyMode();
        Tensor x = ((Tensor)WithZero).RequiresGrad();
        Tensor.Where(x > 0, x.Sqrt(), x).Sum().Backward();
        Assert.Equal([0.5, 1, 0.25], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void The_inner_of_two_scopes_decides_and_the_outer_comes_back()
    {
        Tensor x = WithZero;
        using (new AnomalyMode())
        {
            using (new AnomalyMode(allowInfinity: true))
                Assert.Equal(double.NegativeInfinity, x.Log()[1].Item<double>());
            Assert.Throws<NonFiniteException>(() => x.Log());
        }
        Assert.Equal(double.NegativeInfinity, x.Log()[1].Item<double>());
    }

    [Fact]
    public void A_second_derivative_names_the_forward_line_of_the_first()
    {
        using var mode = new AnomalyMode();
        Tensor x = ((Tensor)1e-200).RequiresGrad();
        Tensor y = RootOf(x);
        Tensor slope = Differentiate.Gradients(y, [x], createGraph: true)[0];
        Assert.Equal(5e99, slope.Item<double>(), 1e90);
        // The second derivative is -1/4 x^(-3/2), 2.5e299; a seed of 1e20 takes it beyond the largest number.
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => Differentiate.Gradients(slope, [x], seed: 1e20));
        Assert.True(fault.IsBackward);
        Assert.Equal(LineOf("private static Tensor RootOf("), fault.Line);
    }

    [Fact]
    public void Forward_derivatives_and_batches_are_watched_too()
    {
        using var mode = new AnomalyMode();
        Tensor x = WithZero;
        Assert.Equal("Log", Assert.Throws<NonFiniteException>(() => Differentiate.Vmap(v => v.Log())(x)).Operation);
        Assert.Throws<NonFiniteException>(() => Differentiate.Jvp(v => v.Sqrt(), x, Tensor.Ones([3], DType.Float64)));
        Assert.Equal([2, 0, 8], Differentiate.Vmap(v => v * 2)(x).ToArray<double>());
    }

    [Fact]
    public void Another_witness_sees_what_it_saw_before()
    {
        int seen = 0;
        Interpreter.Witness = (_, _, _) => seen++;
        try
        {
            Tensor x = WithZero;
            using (new AnomalyMode())
            {
                using (new AnomalyMode())
                    _ = x + 1;
            }
            _ = x + 1;
        }
        finally
        {
            Interpreter.Witness = null;
        }
        Assert.Equal(2, seen);
    }

    [Fact]
    public void A_graph_recorded_before_the_mode_says_so()
    {
        Tensor x = ((Tensor)0.0).RequiresGrad();
        Tensor y = x.Sqrt();
        using var mode = new AnomalyMode();
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => y.Backward());
        Assert.Contains("recorded outside of this mode", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, fault.Line);
    }

    // Alone on its line: the compiler may give one of several calls the line of its neighbour.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static Tensor RootOf(Tensor x) => x.Sqrt();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static Tensor LogOf(Tensor x) => (x * 1).Log().Sum();

    // The last place with the text; those before look for it.
    private static int LineOf(string text)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Autograd/AnomalyModeTests.cs"));
        return Array.FindLastIndex(lines, line => line.Contains(text, StringComparison.Ordinal)) + 1;
    }
}
