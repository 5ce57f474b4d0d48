using ChainRule.Optim;
using ChainRule.Tests.Core;

namespace ChainRule.Tests.Optim;

/// <summary>An optimizer, a schedule or an average that cannot be made says so, by its name.</summary>
public sealed class BadOptimizerTests
{
    private static readonly string[] _takingAnyFunction = ["LambdaSchedule"];

    public static TheoryData<string> Names => [.. Types.Select(type => type.Name)];

    private static Type[] Types =>
    [
        .. typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(Optimizer).Namespace && !type.IsAbstract
            && type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 0)),
    ];

    [Theory, MemberData(nameof(Names))]
    public void Every_constructor_refuses_at_least_three_bad_calls(string name) =>
        BadCall.RequireRefused(BadOptimizerCalls.All, name, least: _takingAnyFunction.Contains(name) ? 1 : 3);

    [Fact]
    public void Rows_are_those_of_optimizers_and_schedules() =>
        Assert.Empty(BadOptimizerCalls.All.Select(call => call.Method).Except(Types.Select(type => type.Name)));

    [Fact]
    public void Groups_and_rates_that_are_set_later_are_refused_in_the_name_of_the_optimizer()
    {
        var optimizer = new Adam([Tensor.Ones([2]).RequiresGrad()]);
        ParameterGroup group = optimizer.Groups[0];
        foreach (double bad in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            Action[] attempts = [() => optimizer.LearningRate = bad, () => group.LearningRate = bad, () => group.WeightDecay = bad];
            Assert.All(attempts, attempt => Assert.StartsWith("Adam: ", Assert.Throws<ArgumentOutOfRangeException>(attempt).Message, StringComparison.Ordinal));
        }
        Assert.Throws<ArgumentNullException>("optimizer", () => new StepDecay(1).For(null!));
        Assert.StartsWith("LearningRateStepper: ", Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(1).For(optimizer).StepCount = -1).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lbfgs_names_itself_when_the_loss_is_no_number_or_depends_on_nothing()
    {
        Tensor parameter = Tensor.Ones([2]).RequiresGrad();
        var optimizer = new Lbfgs([parameter]);
        Assert.Throws<ArgumentNullException>("loss", () => optimizer.Step(null!));
        Assert.StartsWith("Lbfgs: ", Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => null!)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Lbfgs: the loss has shape [2]", Assert.Throws<ShapeException>(() => optimizer.Step(() => parameter * 2)).Message, StringComparison.Ordinal);
        Assert.Contains("depends on nothing", Assert.Throws<DifferentiationException>(() => optimizer.Step(() => Tensor.Ones([]))).Message, StringComparison.Ordinal);
        Assert.Equal([1, 1], parameter.ToArray<float>());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Lbfgs_stays_where_the_loss_is_not_finite_and_says_so(double bad)
    {
        Tensor parameter = Tensor.From([1.0, 2]).RequiresGrad();
        var optimizer = new Lbfgs([parameter]);
        double factor = bad;
        NonFiniteException fault = Assert.Throws<NonFiniteException>(() => optimizer.Step(() => (parameter * factor).Square().Sum()));
        Assert.StartsWith("Lbfgs: the loss is " + (double.IsNaN(bad) ? "NaN" : "infinite"), fault.Message, StringComparison.Ordinal);
        Assert.Equal("Lbfgs", fault.Operation);
        Assert.Equal([1, 2], parameter.ToArray<double>());

        // Nothing of it is remembered: the minimum of Σx² is found afterwards.
        factor = 1;
        Assert.Equal(5, optimizer.Step(() => (parameter * factor).Square().Sum()));
        Assert.All(parameter.ToArray<double>(), value => Assert.Equal(0, value, 1e-4));
    }

    [Fact]
    public void Lbfgs_refuses_a_gradient_that_is_not_finite_though_the_loss_is()
    {
        Tensor parameter = Tensor.From([0.0, 4]).RequiresGrad(); // the slope of √x at 0 is infinite
        Assert.Contains("gradient", Assert.Throws<NonFiniteException>(() => new Lbfgs([parameter]).Step(() => parameter.Sqrt().Sum())).Message, StringComparison.Ordinal);
        Assert.Equal([0, 4], parameter.ToArray<double>());
    }

    [Fact]
    public void A_search_of_Lbfgs_turns_back_from_where_the_loss_is_not_finite()
    {
        // x - ln x has its minimum 1 at 1 and is NaN below 0, where the first step of length 2.5 leads.
        Tensor parameter = Tensor.From([2.0]).RequiresGrad();
        var optimizer = new Lbfgs([parameter], learningRate: 10);
        bool wasBelow = false;
        for (int i = 0; i < 3; i++)
        {
            optimizer.Step(() =>
            {
                wasBelow |= parameter.Item<double>() < 0;
                return (parameter - parameter.Log()).Sum();
            });
        }
        Assert.True(wasBelow);
        Assert.Equal(1, parameter.Item<double>(), 1e-4);
    }
}
