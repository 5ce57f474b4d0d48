using ChainRule.Inspect;
using ChainRule.Playground.Lab;

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
        Assert.Equal(54, new Explained(Expression.Examples[0], [1]).Gradient("x"), 1e-9);
        var second = new Explained(Expression.Examples[1], [1, 2]);
        Assert.Equal(2 + Math.Sin(1), second.Value, 1e-12);
        Assert.Equal(2 + Math.Cos(1), second.Gradient("x"), 1e-12);
        Assert.Equal(1, second.Gradient("y"), 1e-12);
        var fifth = new Explained(Expression.Examples[4], [1, 0.5]);
        Assert.Equal(4, fifth.Gradient("a"), 1e-12);
        Assert.Equal(2, fifth.Gradient("b"), 1e-12);
    }

    [Fact]
    public void The_paths_into_each_value_add_up_to_its_gradient()
    {
        foreach (Expression expression in Expression.Examples)
        {
            var explained = new Explained(expression, [.. expression.Inputs.Select(input => input.Start)]);
            Assert.NotEmpty(explained.Edges);
            foreach (IGrouping<int, GraphViewEdge> paths in explained.Edges.GroupBy(edge => edge.From))
                Assert.Equal(explained.View.Nodes[paths.Key].Gradient!.Elements![0], paths.Sum(explained.Share), 1e-12);
        }
    }

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
        walk.Backward();
        Assert.Equal(0, walk.Place);
        walk.Forward(byLayer: true);
        Assert.NotEqual(walk.Events[0].Layer, walk.Events[walk.Place].Layer);
    }
}
