using ChainRule.Formats;
using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Optim;

/// <summary>Training that is interrupted and resumed from files has the same bits as training that never stopped.</summary>
public sealed class ResumedRunTests : IDisposable
{
    private const int Steps = 7, Interrupted = 3;

    private static readonly Dictionary<string, Func<IEnumerable<Tensor>, Optimizer>> Optimizers = new()
    {
        ["sgd"] = p => new Sgd(p, 0.05, weightDecay: 0.1),
        ["momentum"] = p => new Sgd(p, 0.02, momentum: 0.9, nesterov: true),
        ["dampened"] = p => new Sgd(p, 0.02, momentum: 0.9, dampening: 0.5, maximize: true),
        ["asgd"] = p => new Asgd(p, 0.02, 0.1, averagingStart: 1, weightDecay: 0.1),
        ["adam"] = p => new Adam(p, 0.05, 0.8, 0.95, 1e-6, 0.1),
        ["amsgrad"] = p => new Adam(p, 0.05, amsgrad: true),
        ["adamw"] = p => new AdamW(p, 0.05, weightDecay: 0.2),
        ["nadam"] = p => new NAdam(p, 0.02, weightDecay: 0.1),
        ["radam"] = p => new RAdam(p, 0.02, beta2: 0.6),
        ["adamax"] = p => new Adamax(p, 0.02),
        ["sparse_adam"] = p => new SparseAdam(p, 0.02, 0.8, 0.9, 1e-3),
        ["adagrad"] = p => new Adagrad(p, 0.1, 0.01, 0.1, 0.2),
        ["adadelta"] = p => new Adadelta(p, 1.5, 0.8),
        ["rmsprop"] = p => new RmsProp(p, 0.02),
        ["rmsprop-all"] = p => new RmsProp(p, 0.01, 0.9, weightDecay: 0.1, momentum: 0.8, centred: true),
        ["rprop"] = p => new Rprop(p, 0.03),
        ["lion"] = p => new Lion(p, 0.01, weightDecay: 0.1),
        ["lamb"] = p => new Lamb(p, 0.02, weightDecay: 0.1),
        ["muon"] = p => new Muon(p, 0.005, weightDecay: 0.1),
    };

    private static readonly Tensor X = Tensor.Normal([6, 3], new RandomKey(1), dtype: DType.Float64), Target = Tensor.Normal([6, 2], new RandomKey(2), dtype: DType.Float64);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, DType> Cases
    {
        get
        {
            var cases = new TheoryData<string, DType>();
            foreach (string name in Optimizers.Keys)
            {
                cases.Add(name, DType.Float32);
                cases.Add(name, DType.Float64);
            }
            return cases;
        }
    }

    private string ModelFile => _folder.File("model.safetensors");

    private string OptimizerFile => _folder.File("optimizer.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_optimizer_is_resumed()
    {
        IEnumerable<string> kinds = Optimizers.Values.Select(make => make([Tensor.Ones([2, 2]).RequiresGrad()]).GetType().Name).Distinct();
        Assert.Equal(typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).Select(type => type.Name).Order(), kinds.Order());
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_resumed_run_has_the_bits_of_one_that_never_stopped(string name, DType dtype)
    {
        Sequential whole = Model(5, dtype), first = Model(5, dtype), second = Model(6, dtype);
        Run(whole, Optimizers[name](whole.Parameters()), 0, Steps);
        Optimizer interrupted = Optimizers[name](first.Parameters()), resumed = Optimizers[name](second.Parameters());
        Run(first, interrupted, 0, Interrupted);
        first.Save(ModelFile);
        interrupted.Save(OptimizerFile);
        second.Load(ModelFile);
        resumed.Load(OptimizerFile);
        Run(second, resumed, Interrupted, Steps);
        Same(whole, second, name);
    }

    [Fact]
    public void Lbfgs_is_resumed_too()
    {
        Sequential whole = Model(5, DType.Float64), first = Model(5, DType.Float64), second = Model(6, DType.Float64);
        Steps3(whole, new Lbfgs(whole.Parameters(), iterations: 3, history: 4), 4);
        var interrupted = new Lbfgs(first.Parameters(), iterations: 3, history: 4);
        Steps3(first, interrupted, 2);
        first.Save(ModelFile);
        interrupted.Save(OptimizerFile);
        var resumed = new Lbfgs(second.Parameters(), iterations: 3, history: 4);
        second.Load(ModelFile);
        resumed.Load(OptimizerFile);
        Steps3(second, resumed, 2);
        Same(whole, second, "Lbfgs");
        Assert.Contains("History is 4, but must be 5", Assert.Throws<StateMismatchException>(() => new Lbfgs(second.Parameters(), iterations: 3, history: 5).Load(OptimizerFile)).Problems);

        static void Steps3(Sequential model, Lbfgs optimizer, int count)
        {
            for (int i = 0; i < count; i++)
                optimizer.Step(() => LossOf(model));
        }
    }

    [Fact]
    public void Rates_groups_and_schedules_go_on()
    {
        (Tensor[] p, Optimizer optimizer, ParameterGroup own) = Made();
        LearningRateStepper rates = new StepDecay(1, 0.5).For(optimizer);
        Step(p, optimizer);
        rates.Step();
        optimizer.Groups[2].WeightDecay = 0.3;
        optimizer.Save(OptimizerFile);

        (p, Optimizer resumed, own) = Made();
        LearningRateStepper resumedRates = new StepDecay(1, 0.5).For(resumed);
        resumed.Load(OptimizerFile);
        Assert.Equal((0.2, 0.02, 0.2, 0.3), (resumed.LearningRate, own.LearningRate, resumed.Groups[2].LearningRate, resumed.Groups[2].WeightDecay));
        Assert.False(resumed.Groups[2].HasOwnLearningRate);
        resumedRates.StepCount = 2;
        Assert.Equal((0.1, 0.01), (resumed.LearningRate, own.LearningRate));

        static (Tensor[] P, Optimizer Optimizer, ParameterGroup Own) Made()
        {
            Tensor[] p = [Tensor.Ones([2]).RequiresGrad(), Tensor.Ones([3]).RequiresGrad(), Tensor.Ones([1]).RequiresGrad()];
            var optimizer = new Sgd([p[0]], 0.4, momentum: 0.5);
            ParameterGroup own = optimizer.AddGroup([p[1]], 0.04);
            optimizer.AddGroup([p[2]]);
            return (p, optimizer, own);
        }

        static void Step(Tensor[] p, Optimizer optimizer)
        {
            foreach (Tensor parameter in p)
                parameter.Grad = Tensor.Ones(parameter.Shape);
            optimizer.Step();
        }
    }

    [Fact]
    public void A_state_of_another_kind_setting_or_parameter_is_refused_and_changes_nothing()
    {
        Sequential model = Model(5, DType.Float64);
        var saved = new Adam(model.Parameters(), 0.05, 0.8);
        Run(model, saved, 0, 2);
        saved.Save(OptimizerFile);

        Assert.Equal(["the file is of Adam"], Refused(new AdamW(model.Parameters())));
        Assert.Equal(["Beta1 is 0.8, but must be 0.9", "IsAmsgrad is False, but must be True"], Refused(new Adam(model.Parameters(), amsgrad: true)).Order());
        Assert.Contains("group.0 is float64[4, 3], float64[4], float64[2, 4], float64[2], but must be float64[4, 3], float64[4]", Refused(new Adam(model.Parameters().Take(2), 0.05, 0.8)));
        Assert.Contains("the file has no optimizer in it", Refused(new Adam(model.Parameters()), Without(notes: true)));
        var other = new Adam(model.Parameters(), 0.01, 0.8);
        Assert.Equal(["0.memory.1 is missing", "3.memory.0 has shape [1], but must have [2]", "more is unexpected"], Refused(other, Without(notes: false)));
        Assert.Equal(0.01, other.LearningRate);
        Assert.Equal([0L, 0, 0, 0], other.State().Tensors["steps"].ToArray<long>());
    }

    [Theory]
    [InlineData("learning_rate", "-1")]
    [InlineData("learning_rate", "fast")]
    [InlineData("learning_rate", "NaN")]
    [InlineData("steps", "")]
    [InlineData("group.0.weight_decay", "x")]
    public void A_number_that_is_none_is_refused(string key, string text)
    {
        var optimizer = new Sgd([Tensor.Ones([2]).RequiresGrad()], 0.1);
        OptimizerState state = optimizer.State();
        Safetensors.Save(OptimizerFile, state.Tensors.Select(tensor => (tensor.Key, tensor.Value)), new Dictionary<string, string>(state.Notes) { [key] = text });
        Assert.Equal([$"{key} is {text}, but must be a number and not negative"], Refused(optimizer));
    }

    [Theory]
    [InlineData("steps", -1)]
    [InlineData("memories", -1)]
    [InlineData("memories", 1L << 40)]
    public void Counts_that_no_optimizer_counts_are_refused(string name, long count)
    {
        var optimizer = new Sgd([Tensor.Ones([2]).RequiresGrad()], 0.1);
        OptimizerState state = optimizer.State();
        Safetensors.Save(OptimizerFile, state.Tensors.Select(tensor => (tensor.Key, tensor.Key == name ? Tensor.From([count]) : tensor.Value)), state.Notes);
        Assert.Single(Refused(optimizer));
    }

    private IReadOnlyList<string> Refused(Optimizer optimizer, string? path = null) =>
        Assert.Throws<StateMismatchException>(() => optimizer.Load(path ?? OptimizerFile)).Problems;

    // The saved file without its notes, or with a memory missing, one of another shape and one too many.
    private string Without(bool notes)
    {
        SafetensorsFile file = Safetensors.Load(OptimizerFile);
        string path = _folder.File("other.safetensors");
        if (notes)
        {
            Safetensors.Save(path, file.Tensors.Select(tensor => (tensor.Key, tensor.Value)));
            return path;
        }
        IEnumerable<(string Name, Tensor Value)> tensors = file.Tensors.Where(tensor => tensor.Key != "0.memory.1")
            .Select(tensor => (tensor.Key, tensor.Key == "3.memory.0" ? Tensor.Ones([1], DType.Float64) : tensor.Value));
        Safetensors.Save(path, tensors.Append(("more", Tensor.Ones([1]))), file.Metadata);
        return path;
    }

    private static void Run(Sequential model, Optimizer optimizer, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            if (step == 5)
                optimizer.LearningRate /= 2;
            optimizer.ZeroGrad();
            LossOf(model).Backward();
            // A parameter that sits out steps has counts of its own.
            if (step % 3 == 1)
                model.Parameters()[1].Grad = null;
            optimizer.Step();
        }
    }

    private static Tensor LossOf(Sequential model)
    {
        DType dtype = model.Parameters()[0].DType;
        return Loss.MeanSquaredError(model.Forward(X.To(dtype)), Target.To(dtype));
    }

    private static void Same(Sequential expected, Sequential actual, string because)
    {
        foreach (((string name, Tensor left), (_, Tensor right)) in expected.NamedParameters().Zip(actual.NamedParameters()))
            Laws.Compare.SameBits(left, right, $"{because}, {name}");
    }

    private static Sequential Model(long seed, DType dtype) =>
        new(new Linear(3, 4, new RandomKey(seed), dtype: dtype), new Tanh(), new Linear(4, 2, new RandomKey(seed + 100), dtype: dtype));
}
