using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Graphs;

/// <summary>Compiled training has the bits of eager training. Alone, since it measures what this thread allocates.</summary>
[Collection<Alone>]
public sealed class CompiledStepTests
{
    private const int Steps = 20;

    private static readonly (string Name, Func<IEnumerable<Tensor>, Optimizer> Make)[] Optimizers =
    [
        ("SGD", parameters => new Sgd(parameters, 0.1)),
        ("SGD with momentum", parameters => new Sgd(parameters, 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01)),
        ("Adam", parameters => new Adam(parameters, 0.01)),
        ("AdamW", parameters => new AdamW(parameters, 0.01)),
        ("RMSprop", parameters => new RmsProp(parameters, 0.01)),
        ("Lion", parameters => new Lion(parameters, 0.01)),
    ];

    [Fact]
    public void Xor_learns_by_the_same_bits()
    {
        foreach ((string name, Func<IEnumerable<Tensor>, Optimizer> optimizer) in Optimizers)
            SameTraining(Xor, optimizer, XorBatch, (model, x, y) => Loss.BinaryCrossEntropy(model.Forward(x), y), name);
    }

    [Fact]
    public void A_classifier_learns_by_the_same_bits()
    {
        foreach ((string name, Func<IEnumerable<Tensor>, Optimizer> optimizer) in Optimizers)
            SameTraining(Classifier, optimizer, ClassifierBatch, (model, x, y) => Loss.CrossEntropy(model.Forward(x), y), name);
    }

    [Fact]
    public void A_network_with_batch_statistics_and_dropout_learns_by_the_same_bits()
    {
        static Module Convolutional() => new Sequential(
            new Conv2d(1, 4, 3, padding: 1, key: new RandomKey(1)), new BatchNorm2d(4), new Relu(), new MaxPool2d(2), new Dropout(0.3, new RandomKey(2)),
            new Flatten(), new Linear(4 * 4 * 4, 3, new RandomKey(3)));
        static (Tensor X, Tensor Y) Batch(int step) => (Tensor.Normal([6, 1, 8, 8], new RandomKey(step)), Tensor.RandomIntegers([6], new RandomKey(100 + step), 0, 3));
        foreach ((string name, Func<IEnumerable<Tensor>, Optimizer> optimizer) in Optimizers)
            SameTraining(Convolutional, optimizer, Batch, (model, x, y) => Loss.CrossEntropy(model.Forward(x), y), name);
    }

    [Fact]
    public void The_mean_of_all_batches_counts_on_in_a_compiled_step()
    {
        static Sequential Normalized() => new(new Linear(3, 4, new RandomKey(1)), new BatchNorm1d(4, momentum: null), new Linear(4, 1, new RandomKey(2)));
        (Sequential eager, Sequential compiled) = (Normalized(), Normalized());
        var first = new Sgd(eager.Parameters(), 0.1);
        CompiledStep step = Compile.Step(new Sgd(compiled.Parameters(), 0.1), (x, y) => Loss.MeanSquaredError(compiled.Forward(x), y));
        for (int i = 0; i < 5; i++)
        {
            (Tensor x, Tensor y) = (Tensor.Normal([6, 3], new RandomKey(i)), Tensor.Normal([6, 1], new RandomKey(100 + i)));
            first.ZeroGrad();
            Loss.MeanSquaredError(eager.Forward(x), y).Backward();
            first.Step();
            step.Run(x, y);
        }
        SameParameters(eager, compiled, "momentum null");
        foreach (((string name, Tensor left), (_, Tensor right)) in eager.NamedBuffers().Zip(compiled.NamedBuffers()))
            Laws.Compare.SameBits(left, right, name);
        Assert.Equal(5, ((BatchNorm1d)compiled[1]).NumBatchesTracked!.Value.Item<long>());
    }

    [Fact]
    public void Batches_of_other_sizes_and_ignored_samples_are_recorded_again()
    {
        static (Tensor X, Tensor Y) Batch(int step)
        {
            long size = 4 + step % 3;
            Tensor y = Tensor.RandomIntegers([size], new RandomKey(100 + step), 0, 5);
            return (Tensor.Normal([size, 6], new RandomKey(step)), step % 7 == 6 ? Tensor.Where(Tensor.Arange(0, size) > 1, y, -100) : y);
        }
        SameTraining(Classifier, parameters => new Adam(parameters), Batch, (model, x, y) => Loss.CrossEntropy(model.Forward(x), y, ignoredIndex: -100), "changing batches");
    }

    [Fact]
    public void Gradients_can_be_changed_before_the_update()
    {
        (Module eager, Module compiled) = (Classifier(), Classifier());
        var first = new Sgd(eager.Parameters(), 0.5);
        var second = new Sgd(compiled.Parameters(), 0.5);
        CompiledStep step = Compile.Step(second, (x, y) => Loss.CrossEntropy(compiled.Forward(x), y), () => GradientClipping.ByNorm(second.Parameters, 0.1));
        for (int i = 0; i < Steps; i++)
        {
            (Tensor x, Tensor y) = ClassifierBatch(i);
            first.ZeroGrad();
            Loss.CrossEntropy(eager.Forward(x), y).Backward();
            GradientClipping.ByNorm(first.Parameters, 0.1);
            first.Step();
            step.Run(x, y);
        }
        SameParameters(eager, compiled, "clipped");
    }

    [Fact]
    public void Frozen_parameters_stay_and_go_on_when_thawed()
    {
        (Module eager, Module compiled) = (Classifier(), Classifier());
        var first = new Sgd(eager.Parameters(), 0.5);
        var second = new Sgd(compiled.Parameters(), 0.5);
        CompiledStep step = Compile.Step(second, (x, y) => Loss.CrossEntropy(compiled.Forward(x), y));
        for (int i = 0; i < Steps; i++)
        {
            foreach (Module model in new[] { eager, compiled })
                model.Parameters()[0].RequiresGrad(i is < 5 or >= 12);
            (Tensor x, Tensor y) = ClassifierBatch(i);
            first.ZeroGrad();
            Loss.CrossEntropy(eager.Forward(x), y).Backward();
            first.Step();
            step.Run(x, y);
            SameParameters(eager, compiled, $"step {i}");
        }
        Assert.Equal(3, step.Recordings);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Module xor = Xor();
        (Tensor corners, Tensor truth) = XorBatch(0);
        CompiledStep small = Compile.Step(new Sgd(xor.Parameters(), 0.1), (x, y) => Loss.BinaryCrossEntropy(xor.Forward(x), y));
        Module classifier = Classifier();
        (Tensor batch, Tensor classes) = ClassifierBatch(0);
        CompiledStep large = Compile.Step(new Adam(classifier.Parameters()), (x, y) => Loss.CrossEntropy(classifier.Forward(x), y));
        Assert.Equal(0, BytesOf(() => small.Run(corners, truth)));
        Assert.Equal(0, BytesOf(() => large.Run(batch, classes)));

        CompiledFunction function = Compile.Of(x => (x * 2).Exp());
        Tensor result = Tensor.Zeros([10]), argument = Tensor.Ones([10]);
        Assert.Equal(0, BytesOf(() => function.RunInto([argument], result)));
    }

    [Fact]
    public void The_gradients_can_be_looked_at()
    {
        Module model = Classifier();
        CompiledStep step = Compile.Step(new Sgd(model.Parameters(), 0), (x, y) => Loss.CrossEntropy(model.Forward(x), y));
        for (int i = 0; i < CompiledProgram.CheckedReplays + 2; i++)
        {
            (Tensor x, Tensor y) = ClassifierBatch(i);
            double loss = step.Run(x, y);
            Tensor expected = Loss.CrossEntropy(model.Forward(x), y);
            Assert.Equal(expected.Item<float>(), loss);
            Tensor[] parameters = [.. model.Parameters()];
            Tensor[] gradients = Differentiate.Gradients(expected, parameters);
            for (int p = 0; p < parameters.Length; p++)
                Compare.SameBits(gradients[p], parameters[p].Grad!, $"step {i}, parameter {p}");
        }
    }

    [Fact]
    public void A_loss_that_cannot_be_compiled_or_differentiated_says_so()
    {
        Module model = Classifier();
        var optimizer = new Sgd(model.Parameters(), 0.1);
        (Tensor x, Tensor y) = ClassifierBatch(0);
        Assert.Throws<CompileException>(() => Compile.Step(optimizer, (x, y) => Loss.CrossEntropy(model.Forward(x), y) * (x.Sum().Item<float>() > 0 ? 1 : 2)).Run(x, y));
        Assert.Throws<DifferentiationException>(() => Compile.Step(optimizer, x => x.Sum()).Run(x));
        Assert.Throws<CompileException>(() => Compile.Of(x =>
        {
            optimizer.Step();
            return x;
        }).Run(x));
    }

    private static void SameTraining(Func<Module> make, Func<IEnumerable<Tensor>, Optimizer> makeOptimizer, Func<int, (Tensor X, Tensor Y)> batch, Func<Module, Tensor, Tensor, Tensor> loss, string name)
    {
        (Module eager, Module compiled) = (make(), make());
        (Optimizer first, Optimizer second) = (makeOptimizer(eager.Parameters()), makeOptimizer(compiled.Parameters()));
        var schedule = new CosineAnnealing(Steps);
        (LearningRateStepper one, LearningRateStepper two) = (schedule.For(first), schedule.For(second));
        CompiledStep step = Compile.Step(second, (x, y) => loss(compiled, x, y));
        for (int i = 0; i < Steps; i++)
        {
            (Tensor x, Tensor y) = batch(i);
            first.ZeroGrad();
            Tensor value = loss(eager, x, y);
            value.Backward();
            first.Step();
            Assert.Equal(value.Item<float>(), step.Run(x, y));
            one.Step();
            two.Step();
            SameParameters(eager, compiled, $"{name}, step {i}");
        }
    }

    private static void SameParameters(Module eager, Module compiled, string because)
    {
        foreach ((Tensor expected, Tensor actual) in eager.Parameters().Zip(compiled.Parameters()))
            Compare.SameBits(expected.Detach(), actual.Detach(), because);
        foreach (((_, Tensor expected), (_, Tensor actual)) in eager.NamedBuffers().Zip(compiled.NamedBuffers()))
            Compare.SameBits(expected, actual, $"{because}, buffers");
    }

    private static Sequential Xor() => new(new Linear(2, 4, new RandomKey(1)), new Relu(), new Linear(4, 1, new RandomKey(2)), new Sigmoid());

    private static (Tensor X, Tensor Y) XorBatch(int step) =>
        (new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });

    private static Sequential Classifier() => new(new Linear(6, 40, new RandomKey(1)), new Relu(), new Linear(40, 30, new RandomKey(2)), new Relu(), new Linear(30, 5, new RandomKey(3)));

    private static (Tensor X, Tensor Y) ClassifierBatch(int step) => (Tensor.Normal([16, 6], new RandomKey(step)), Tensor.RandomIntegers([16], new RandomKey(100 + step), 0, 5));

    private static long BytesOf(Action work)
    {
        for (int i = 0; i < 50; i++)
            work();
        // The least of several rounds: the runtime itself allocates now and then, while it compiles.
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
