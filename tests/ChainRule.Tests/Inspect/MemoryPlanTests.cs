using ChainRule.Bench;
using ChainRule.Inspect;
using ChainRule.Memory;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Tests.Inspect;

/// <summary>What memory a step takes, forecast and measured. Alone, since all tests share one pool.</summary>
[Collection<Alone>]
public sealed class MemoryPlanTests
{
    private const double Tolerance = 0.1;
    private const int Batch = 64, Inputs = 256, Hidden = 512;

    private static readonly Dictionary<string, Func<IEnumerable<Tensor>, Optimizer>> Makers = new()
    {
        ["Sgd"] = parameters => new Sgd(parameters, 0.1),
        ["Sgd with momentum"] = parameters => new Sgd(parameters, 0.1, momentum: 0.9),
        ["Adadelta"] = parameters => new Adadelta(parameters),
        ["Adagrad"] = parameters => new Adagrad(parameters),
        ["Adam"] = parameters => new Adam(parameters),
        ["AMSGrad"] = parameters => new Adam(parameters, amsgrad: true),
        ["AdamW"] = parameters => new AdamW(parameters),
        ["Adamax"] = parameters => new Adamax(parameters),
        ["Asgd"] = parameters => new Asgd(parameters),
        ["Lamb"] = parameters => new Lamb(parameters),
        ["Lion"] = parameters => new Lion(parameters),
        ["Muon"] = parameters => new Muon(parameters.Where(parameter => parameter.Rank == 2)) { AllowMissingGradients = true },
        ["NAdam"] = parameters => new NAdam(parameters),
        ["RAdam"] = parameters => new RAdam(parameters),
        ["RmsProp"] = parameters => new RmsProp(parameters),
        ["RmsProp, centred, with momentum"] = parameters => new RmsProp(parameters, momentum: 0.9, centred: true),
        ["Rprop"] = parameters => new Rprop(parameters),
        ["SparseAdam"] = parameters => new SparseAdam(parameters),
    };

    /// <summary>The names of the networks.</summary>
    public static TheoryData<string> Networks => [.. MemoryCase.All.Select(network => network.Name)];

    /// <summary>The names of the optimizers.</summary>
    public static TheoryData<string> Optimizers => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_forecast_of_a_benchmark_is_within_a_tenth_of_what_is_measured(string name)
    {
        MemoryCase network = MemoryCase.All.Single(network => network.Name == name);
        MemoryPlan plan = network.Plan();
        AssertNear(network.MeasureEager(), plan.PeakBytes);
        AssertNear(network.MeasureCompiled(), plan.CompiledBytes!.Value);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void What_an_optimizer_will_remember_is_known_before_its_first_step(string name)
    {
        Sequential model = Model();
        Optimizer optimizer = Makers[name](model.Parameters());
        float[] weights = model.Parameters()[0].ToArray<float>();
        MemoryPlan plan = model.PlanMemory([Batch, Inputs], optimizer);
        Assert.Equal(weights, model.Parameters()[0].ToArray<float>());

        model.Forward(Tensor.Normal([Batch, Inputs], new RandomKey(4))).Mean().Backward();
        optimizer.Step();
        long remembered = optimizer.State().Tensors.Where(tensor => tensor.Key.Contains(".memory.", StringComparison.Ordinal)).Sum(tensor => StorageLedger.Taken(tensor.Value.ElementCount * sizeof(float)));
        Assert.Equal(remembered, plan.Rows.Sum(row => row.OptimizerState));
    }

    [Fact]
    public void Parameters_gradients_and_states_are_counted_by_layer()
    {
        Sequential model = Model();
        MemoryPlan plan = model.PlanMemory([Batch, Inputs], new Adam(model.Parameters()));
        // 256 * 512 floats and 512 more, both sizes of the pool's blocks to a quarter of a power of two.
        const long Weight = 4L * Inputs * Hidden, Bias = 4L * Hidden;
        MemoryRow first = plan.Rows.Single(row => row.Name == "0");
        Assert.Equal("Linear(256, 512)", first.Layer);
        Assert.Equal(Weight + Bias, first.Parameters);
        Assert.Equal(2 * first.Parameters, first.OptimizerState);
        Assert.Equal(4L * Batch * Inputs, plan.BatchBytes);
        Assert.Equal(plan.PeakBytes, plan.Rows.Sum(row => row.Total) + plan.BatchBytes + plan.WorkingBytes);
    }

    [Fact]
    public void What_the_backward_pass_will_read_stands_at_the_layer_that_made_it()
    {
        Sequential model = Model();
        MemoryPlan plan = model.PlanMemory([Batch, Inputs]);
        // Tanh reads its own result again, which is what the last layer reads, too.
        Assert.Equal(4L * Batch * Hidden, plan.Rows.Single(row => row.Layer == "Tanh").Kept);
        Assert.Equal(MemoryPhase.Backward, plan.PeakPhase);
        Assert.All(plan.Rows, row => Assert.Equal(0, row.OptimizerState));
    }

    [Fact]
    public void An_inference_takes_no_gradients_and_less_memory()
    {
        Sequential model = Model();
        MemoryPlan training = model.PlanMemory([Batch, Inputs]), inference = model.PlanMemory([Batch, Inputs], training: false);
        Assert.All(inference.Rows, row => Assert.Equal(0, row.Gradients));
        Assert.True(inference.PeakBytes < training.PeakBytes);
        Assert.Null(inference.CompiledBytes);
    }

    [Fact]
    public void Nothing_is_taken_for_what_is_only_planned()
    {
        var model = new Sequential(new Linear(16, 16, new RandomKey(1)), new Dropout(0.5, new RandomKey(2)), new Tanh(), new Linear(16, 1, new RandomKey(3)));
        long before = BlockPool.Shared.TotalBytes;
        const long Examples = 8_000_000;
        MemoryPlan plan = model.PlanMemory([Examples, 16], new Adam(model.Parameters()));
        // The batch, and at least the results of two layers, each 16 floats wide.
        Assert.True(plan.PeakBytes > 3 * Examples * 16 * sizeof(float));
        Assert.Equal(before, BlockPool.Shared.TotalBytes);
    }

    [Fact]
    public void Model_optimizer_and_random_numbers_stay_as_they_are()
    {
        (double[] planned, double[] alone) = (Losses(plans: true), Losses(plans: false));
        Assert.Equal(alone, planned);
    }

    [Fact]
    public void Gradients_and_modes_stay_as_they_are()
    {
        Sequential model = Model();
        Tensor gradient = Tensor.Full(model.Parameters()[0].Shape, 3);
        model.Parameters()[0].Grad = gradient;
        model.Eval();
        model.PlanMemory([Batch, Inputs], new Sgd(model.Parameters(), 0.1));
        Assert.Same(gradient, model.Parameters()[0].Grad);
        Assert.Equal(3, gradient.Min().Item<float>());
        Assert.Null(model.Parameters()[1].Grad);
        Assert.False(model.IsTraining);
    }

    [Fact]
    public void A_checkpoint_is_seen_to_save_memory()
    {
        var layers = Enumerable.Range(0, 8).Select(i => new Sequential(new Linear(Hidden, Hidden, new RandomKey(i)), new Tanh(), new Tanh(), new Tanh())).ToArray();
        var model = new Sequential([.. layers]);
        Tensor x = Tensor.Ones([4096, Hidden]);
        MemoryPlan plain = MemoryPlan.OfStep(model, null, batch => model.Forward(batch[0]).Mean(), x);
        MemoryPlan saving = MemoryPlan.OfStep(model, null, batch => layers.Aggregate(batch[0], (y, layer) => Checkpoint.Run(layer.Forward, y)).Mean(), x);
        // Each of eight layers keeps one result instead of several.
        Assert.True(saving.PeakBytes <= plain.PeakBytes - 8L * 4096 * Hidden * sizeof(float), $"{saving.PeakBytes:N0} against {plain.PeakBytes:N0}");
    }

    [Fact]
    public void A_step_that_cannot_be_compiled_says_why()
    {
        Sequential model = Model();
        MemoryPlan plan = MemoryPlan.OfStep(model, new Sgd(model.Parameters(), 0.1), batch =>
        {
            Tensor loss = model.Forward(batch[0]).Mean();
            return loss.Item<float>() > 1e6 ? loss * 2 : loss;
        }, Tensor.Ones([Batch, Inputs]));
        Assert.Null(plan.CompiledBytes);
        Assert.Contains("the values of a tensor", plan.CompileRefusal, StringComparison.Ordinal);
        Assert.Contains("It cannot be compiled: ", plan.ToString(), StringComparison.Ordinal);
        Assert.True(plan.PeakBytes > 0);
    }

    [Fact]
    public void Tokens_are_planned_as_integers()
    {
        var model = new Sequential(new Embedding(1000, 64, key: new RandomKey(1)), new Linear(64, 8, new RandomKey(2)));
        MemoryPlan plan = model.PlanMemory([32, 128], new Adam(model.Parameters()), dtype: DType.Int64);
        Assert.Equal(8L * 32 * 128, plan.BatchBytes);
        Assert.Throws<DTypeException>(() => model.PlanMemory([32, 128]));
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused_by_the_layer_and_leaves_nothing_behind()
    {
        Sequential model = Model();
        Assert.Throws<ShapeException>(() => model.PlanMemory([Batch, Inputs + 1]));
        // Tensors have memory again.
        Assert.Equal(5000, Tensor.Ones([5000]).Sum().Item<float>());
    }

    [Fact]
    public void The_table_names_layers_sizes_and_shares()
    {
        Sequential model = Model();
        string text = model.PlanMemory([Batch, Inputs], new Adam(model.Parameters())).ToString();
        Assert.StartsWith("A training step needs ", text, StringComparison.Ordinal);
        Assert.Contains("in the backward pass", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^0  Linear\(256, 512\) +514\.0 KiB .* %$", text);
        Assert.Matches(@"(?m)^ +total .*100\.0 %$", text);
        Assert.Contains("Compiled, it needs ", text, StringComparison.Ordinal);
    }

    private static Sequential Model() => new(new Linear(Inputs, Hidden, new RandomKey(1)), new Tanh(), new Linear(Hidden, 1, new RandomKey(2)));

    // Three steps of a network that draws and keeps statistics, by an optimizer that remembers.
    private static double[] Losses(bool plans)
    {
        RandomKey.Seed(5);
        var model = new Sequential(new Linear(8, 64, new RandomKey(1)), new BatchNorm1d(64), new Dropout(0.5), new Tanh(), new Linear(64, 1, new RandomKey(2)));
        var optimizer = new Adam(model.Parameters());
        Tensor x = Tensor.Normal([256, 8], new RandomKey(3));
        var losses = new List<double>();
        for (int step = 0; step < 3; step++)
        {
            if (plans)
                MemoryPlan.OfStep(model, optimizer, batch => model.Forward(batch[0]).Square().Mean(), x);
            optimizer.ZeroGrad();
            Tensor loss = model.Forward(x).Square().Mean();
            loss.Backward();
            optimizer.Step();
            losses.Add(loss.Item<double>());
        }
        losses.AddRange(model.NamedBuffers().SelectMany(buffer => buffer.Value.ToArray<double>()));
        return [.. losses];
    }

    private static void AssertNear(long measured, long forecast) =>
        Assert.True(Math.Abs(forecast - measured) <= Tolerance * measured, $"forecast {forecast:N0}, measured {measured:N0}");
}
