using System.Globalization;
using ChainRule.Explain;
using ChainRule.Playground.Lab;
using ChainRule.Shared;

namespace ChainRule.Playground.Tests.Lab;

public sealed class CheckAndExplainTests
{
    [Theory]
    [InlineData(LossKind.CrossEntropy, ActivationKind.Tanh)]
    [InlineData(LossKind.Binary, ActivationKind.Sigmoid)]
    [InlineData(LossKind.Squared, ActivationKind.Gelu)]
    public void Four_ways_find_one_derivative(LossKind loss, ActivationKind activation)
    {
        var settings = Settings.Xor with { Loss = loss, Activation = activation };
        using var trainer = new Trainer(settings, PointSet.Of(settings), settings.Optimizer, settings.Rate);
        var check = new SlopeCheck(trainer);
        for (int parameter = 0; parameter < trainer.Parameters.Count; parameter++)
        {
            for (int element = 0; element < trainer.Parameters[parameter].ElementCount; element++)
            {
                SlopeRow row = check.Check(parameter, element);
                Assert.Equal(row.Reverse, row.Forward, 1e-12);
                Assert.Equal(row.Reverse, row.Ridders, 1e-9);
                Assert.True(row.Passed, $"{parameter}, {element}: {row.RiddersError}, {row.ForwardError}");
            }
        }
    }

    [Fact]
    public void The_error_of_the_central_difference_is_a_V()
    {
        using var trainer = new Trainer(Settings.Xor, PointSet.Of(Settings.Xor), OptimizerKind.Sgd, 0.5);
        IReadOnlyList<SlopePoint> curve = new SlopeCheck(trainer).Check(0, 0).Curve;
        double least = curve.Min(point => point.Error);
        Assert.True(least < 1e-8);
        Assert.True(curve[0].Error > 100 * least);
        Assert.True(curve[^1].Error > 100 * least);
    }

    [Fact]
    public void Expressions_have_the_derivatives_of_the_book()
    {
        Assert.Equal("54", Explain("(2x+1)^3", ("x", "1")).Gradient("x"));
        Explained second = Explain("x*y + sin(x)", ("x", "1"), ("y", "2"));
        Assert.Equal(2 + Math.Sin(1), double.Parse(second.Value, CultureInfo.InvariantCulture), 1e-9);
        Assert.Equal(2 + Math.Cos(1), double.Parse(second.Gradient("x"), CultureInfo.InvariantCulture), 1e-9);
        Explained dot = Explain("w.x", ("w", "[2,3]"), ("x", "[5,7]"));
        Assert.Equal(("31", "[5, 7]", "[2, 3]"), (dot.Value, dot.Gradient("w"), dot.Gradient("x")));
    }

    [Fact]
    public void A_variable_without_a_value_is_one() => Assert.Equal("3", Explain("a + 2b").Value);

    [Fact]
    public void The_paths_into_each_step_add_up_to_its_gradient_to_the_last_bit()
    {
        foreach (Expression example in Expression.Examples)
        {
            Explained explained = Explain(example.Text, example.Values);
            Assert.NotEmpty(explained.Edges);
            foreach (ExplanationStep step in explained.Working.Steps.SkipLast(1))
            {
                Tensor sum = step.Contributions.Select(edge => edge.Product).Aggregate((left, right) => left + right);
                Assert.Equal(step.Gradient.ToArray<double>(), sum.ToArray<double>());
            }
        }
    }

    [Fact]
    public void Steps_are_known_forward_in_order_and_backward_in_reverse()
    {
        Explained explained = Explain("(2x+1)^3");
        ExplanationStep first = explained.Working.Steps[0], last = explained.Working.Result;
        int steps = explained.Working.Steps.Count;
        Assert.False(Explained.HasValue(first, 0));
        Assert.True(Explained.HasValue(first, 1));
        Assert.False(explained.HasGradient(last, steps));
        Assert.True(explained.HasGradient(last, steps + 1));
        Assert.False(explained.HasGradient(first, explained.Moves - 1));
        Assert.True(explained.HasGradient(first, explained.Moves));
    }

    [Theory]
    [InlineData("1 + snh(x)", 5)]
    [InlineData("(x", 1)]
    [InlineData("log(-x)", 1)]
    public void What_is_wrong_is_shown_at_its_column(string text, int column) =>
        Assert.Equal(column, Assert.Throws<ExpressionException>(() => Explain(text)).Column);

    [Theory]
    [InlineData("x +")]
    [InlineData("1 + snh(x)")]
    [InlineData("1 + abcdefgh(x)")]
    [InlineData("1/(x - 1)")]
    public void What_is_wrong_says_its_column_once(string text)
    {
        string said = Explained.Fault(Assert.Throws<ExpressionException>(() => Explain(text)));
        Assert.Equal(2, said.Split("column ").Length);
        Assert.EndsWith(".", said, StringComparison.Ordinal);
        Assert.DoesNotContain("..", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_lesson_is_a_file_of_the_repository() =>
        Assert.Equal(Directory.GetFiles(Path.Combine(SolutionFolder.Path, "learn"), "*.cs").Select(Path.GetFileName).Order(), Lesson.All.Select(lesson => lesson.File).Order());

    [Fact]
    public void Each_lesson_links_to_a_state_that_can_be_read()
    {
        Assert.Equal(10, Lesson.All.Count);
        Assert.All(Lesson.All, lesson => Assert.Null(SettingsText.Read(lesson.Link).Problem));
    }

    [Fact]
    public void A_step_is_walked_forward_then_backward_then_updates()
    {
        using var trainer = new Trainer(Settings.Xor, PointSet.Of(Settings.Xor), OptimizerKind.Sgd, 0.5);
        var walk = new OperationWalk(trainer);
        Assert.Equal(["forward", "backward", "update"], walk.Events.Select(one => one.Phase).Distinct());
        walk.Forward(byLayer: false);
        walk.Backward(byLayer: false);
        Assert.Equal(0, walk.Place);
        walk.Forward(byLayer: true);
        Assert.NotEqual(walk.Events[0].Layer, walk.Events[walk.Place].Layer);
    }

    [Fact]
    public void Back_by_layers_stops_where_forward_by_layers_did()
    {
        using var trainer = new Trainer(Settings.Xor, PointSet.Of(Settings.Xor), OptimizerKind.Sgd, 0.5);
        var walk = new OperationWalk(trainer);
        var there = new List<int>();
        for (; !walk.IsOver; walk.Forward(byLayer: true))
            there.Add(walk.Place);
        Assert.True(there.Count > 4 && there.Count < walk.Events.Count);
        var back = new List<int>();
        do
        {
            walk.Backward(byLayer: true);
            back.Add(walk.Place);
        }
        while (walk.Place > 0);
        Assert.Equal(there, Enumerable.Reverse(back));
        walk.Backward(byLayer: true);
        Assert.Equal(0, walk.Place);
    }

    private static Explained Explain(string text, params (string Name, string Value)[] values) => new(text, values.ToDictionary(value => value.Name, value => value.Value));
}
