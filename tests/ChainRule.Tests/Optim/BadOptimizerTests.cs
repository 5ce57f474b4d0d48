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
}
