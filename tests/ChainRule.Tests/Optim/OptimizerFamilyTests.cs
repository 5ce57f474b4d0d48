using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Tests.Optim;

public sealed class OptimizerFamilyTests
{
    [Fact]
    public void A_group_has_a_rate_and_a_decay_of_its_own()
    {
        Tensor weight = Leaf(1, 2), bias = Leaf(3);
        var optimizer = new Sgd([weight], 0.1, weightDecay: 0.5);
        ParameterGroup group = optimizer.AddGroup([bias], learningRate: 0.01, weightDecay: 0);
        (weight.Grad, bias.Grad) = (Tensor.From([1.0, 1]), Tensor.From([2.0]));
        optimizer.Step();
        Assert.Equal([1 - 0.1 * 1.5, 2 - 0.1 * 2], weight.ToArray<double>());
        Assert.Equal([3 - 0.01 * 2], bias.ToArray<double>());
        Assert.True(optimizer.Parameters is [var first, var second] && ReferenceEquals(first, weight) && ReferenceEquals(second, bias));
        Assert.Same(group, optimizer.Groups[1]);
    }

    [Fact]
    public void A_group_without_a_rate_of_its_own_follows_the_optimizer()
    {
        var optimizer = new Adam([Leaf(1)], 0.1, weightDecay: 0.2);
        ParameterGroup group = optimizer.AddGroup([Leaf(2)]);
        optimizer.LearningRate = 0.3;
        Assert.Equal((0.3, 0.2, false), (group.LearningRate, group.WeightDecay, group.HasOwnLearningRate));
    }

    [Fact]
    public void A_schedule_sets_the_rates_of_groups_in_proportion()
    {
        var optimizer = new Sgd([Leaf(1)], 0.4);
        ParameterGroup own = optimizer.AddGroup([Leaf(2)], 0.08);
        LearningRateStepper rates = new StepDecay(2, 0.5).For(optimizer);
        for (int i = 0; i < 5; i++)
            rates.Step();
        Assert.Equal((0.1, 0.02), (optimizer.LearningRate, own.LearningRate));
        rates.StepCount = 2;
        Assert.Equal((0.2, 0.04), (optimizer.LearningRate, own.LearningRate));
    }

    [Fact]
    public void A_group_that_is_added_later_follows_the_schedule()
    {
        var optimizer = new Sgd([Leaf(1)], 0.4);
        new StepDecay(1, 0.125).For(optimizer); // a schedule that another takes the place of
        LearningRateStepper rates = new StepDecay(2, 0.5).For(optimizer);
        rates.StepCount = 2;
        ParameterGroup own = optimizer.AddGroup([Leaf(2)], 0.08), following = optimizer.AddGroup([Leaf(3)]);
        Assert.Equal((0.2, 0.04, 0.2), (optimizer.LearningRate, own.LearningRate, following.LearningRate));
        rates.StepCount = 4;
        Assert.Equal((0.1, 0.02, 0.1), (optimizer.LearningRate, own.LearningRate, following.LearningRate));
    }

    [Fact]
    public void A_parameter_can_be_in_one_group_only()
    {
        Tensor weight = Leaf(1);
        var optimizer = new Sgd([weight, weight], 0.1);
        Assert.Single(optimizer.Parameters);
        Assert.Contains("in a group already", Assert.Throws<ArgumentException>(() => optimizer.AddGroup([weight])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => optimizer.AddGroup([]));
        Assert.Throws<DifferentiationException>(() => optimizer.AddGroup([Tensor.Ones([2])]));
    }

    [Fact]
    public void A_frozen_parameter_is_passed_over_until_it_requires_a_gradient_again()
    {
        Tensor frozen = Leaf(1), free = Leaf(1);
        var optimizer = new AdamW([frozen, free], 0.1);
        (frozen.Grad, free.Grad) = (Tensor.From([1.0]), Tensor.From([1.0]));
        frozen.RequiresGrad(false);
        optimizer.Step();
        Assert.Equal(1, frozen.Item<double>());
        Assert.NotEqual(1, free.Item<double>());
        frozen.RequiresGrad();
        optimizer.Step();
        Assert.NotEqual(1, frozen.Item<double>());
    }

    [Fact]
    public void Micro_batches_add_up_to_one_batch()
    {
        Tensor x = Tensor.Normal([12, 3], new RandomKey(1), dtype: DType.Float64), target = Tensor.Normal([12, 2], new RandomKey(2), dtype: DType.Float64);
        Tensor[] whole = Train(12), parts = Train(3);
        Assert.All(whole.Zip(parts), pair => Assert.All(pair.First.ToArray<double>().Zip(pair.Second.ToArray<double>()), values => Assert.Equal(values.First, values.Second, 1e-14)));

        Tensor[] Train(int size)
        {
            var model = new Linear(3, 2, new RandomKey(3), dtype: DType.Float64);
            var optimizer = new Sgd(model.Parameters(), 0.1);
            for (int step = 0; step < 5; step++)
            {
                optimizer.ZeroGrad();
                for (int i = 0; i < 12; i += size)
                    (Loss.MeanSquaredError(model.Forward(x[i..(i + size)]), target[i..(i + size)]) * (size / 12.0)).Backward();
                optimizer.Step();
            }
            return [.. model.Parameters()];
        }
    }

    [Fact]
    public void Muon_leaves_named_parameters_to_AdamW()
    {
        Tensor hidden = Tensor.Ones([2, 2], DType.Float64).RequiresGrad(), embedding = Tensor.Ones([2, 2], DType.Float64).RequiresGrad();
        Tensor same = Tensor.Ones([2, 2], DType.Float64).RequiresGrad();
        var muon = new Muon([hidden, embedding], 0.1, adamParameters: [embedding], adamRateFactor: 0.5);
        var adam = new AdamW([same], 0.05, 0.9, 0.95, 1e-10, weightDecay: 0);
        foreach (Tensor parameter in new[] { hidden, embedding, same })
            parameter.Grad = Tensor.From(new[,] { { 1.0, -2 }, { 3, 4 } });
        muon.Step();
        adam.Step();
        Assert.Equal(same.ToArray<double>(), embedding.ToArray<double>());
        Assert.NotEqual(same.ToArray<double>(), hidden.ToArray<double>());
    }

    [Fact]
    public void Lbfgs_finds_the_minimum_of_a_curved_valley()
    {
        Tensor p = Tensor.From([-1.2, 1]).RequiresGrad();
        var optimizer = new Lbfgs([p], iterations: 100, changeTolerance: 1e-15);
        optimizer.Step(() => 100 * (p[1] - p[0].Square()).Square() + (1 - p[0]).Square());
        Assert.All(p.ToArray<double>(), value => Assert.Equal(1, value, 1e-7));
        Assert.Throws<DifferentiationException>(() => optimizer.Step(() => Tensor.Full([], 1)));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Tensor[] p = [Leaf(1)];
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(p, beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(p, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(p, alpha: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rprop(p, shrink: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Muon(p, momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(1));
        Assert.Throws<ArgumentException>(() => new SequentialSchedule([new StepDecay(1)], [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(new Sgd(p, 1), 1));
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values).RequiresGrad();
}
