using ChainRule.Data;
using ChainRule.Formats;
using ChainRule.Nn;
using ChainRule.Optim;
using Batch = ChainRule.Data.Batch;

namespace ChainRule.Tests.Formats;

/// <summary>A run that is resumed from a checkpoint has the bits of one that never stopped (P19).</summary>
[Collection<Alone>]
public sealed class TrainingCheckpointTests : IDisposable
{
    // Epochs of 4 batches, the last of them smaller.
    private const int Examples = 22, Size = 6, PerEpoch = 4, Steps = 11;

    private static readonly Dataset Data = new("draws", Tensor.Normal([Examples, 5], new RandomKey(1)), Tensor.RandomIntegers([Examples], new RandomKey(2), 0, 3), ["a", "b", "c"], "random numbers");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Optimizers => ["adam", "momentum", "muon"];

    private string File => _folder.File("training.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Optimizers))]
    public void A_run_that_is_resumed_after_any_step_has_the_losses_of_one_that_never_stopped(string optimizer)
    {
        RandomKey.Seed(7);
        var whole = new Run(optimizer, 3);
        double[] losses = [.. whole.To(Steps)];
        Assert.Equal(Steps, losses.Distinct().Count());
        for (int k = 0; k <= Steps; k++)
        {
            RandomKey.Seed(7);
            var first = new Run(optimizer, 3);
            double[] before = [.. first.To(k)];
            first.Checkpoint.Save(File, first.Position);

            // Another process would begin with other weights, another sequence of keys, and nothing remembered.
            RandomKey.Seed(99 + k);
            var second = new Run(optimizer, 4);
            second.Position = second.Checkpoint.Load(File);
            Assert.Equal((k / PerEpoch, k % PerEpoch, k), (second.Position.Epoch, second.Position.Batch, second.Position.Step));
            double[] after = [.. second.To(Steps)];
            Assert.Equal(losses, before.Concat(after));
            Same(whole.Model.NamedParameters(), second.Model.NamedParameters(), k);
            Same(whole.Model.NamedBuffers(), second.Model.NamedBuffers(), k);
            Same(whole.Average.Averages.Select(value => ("average", value)), second.Average.Averages.Select(value => ("average", value)), k);
            Assert.Equal(whole.Optimizer.LearningRate, second.Optimizer.LearningRate);
        }
    }

    [Fact]
    public void A_run_of_Lbfgs_goes_on_too()
    {
        double[] losses = [.. Descend(new Linear(3, 1, new RandomKey(1), dtype: DType.Float64), 6, null)];
        Assert.Equal(losses[..2], Descend(new Linear(3, 1, new RandomKey(1), dtype: DType.Float64), 2, save: true));
        Assert.Equal(losses[2..], Descend(new Linear(3, 1, new RandomKey(2), dtype: DType.Float64), 4, save: false));

        IEnumerable<double> Descend(Linear model, int steps, bool? save)
        {
            Tensor x = Tensor.Normal([8, 3], new RandomKey(3), dtype: DType.Float64), target = x.Sum(-1, keepDims: true).Sin();
            var optimizer = new Lbfgs(model.Parameters(), iterations: 2, history: 3);
            var checkpoint = new TrainingCheckpoint(model, optimizer);
            if (save == false)
                checkpoint.Load(File);
            double[] found = [.. Enumerable.Range(0, steps).Select(_ => optimizer.Step(() => Loss.MeanSquaredError(model.Forward(x), target)))];
            if (save == true)
                checkpoint.Save(File, new(0, steps, steps));
            return found;
        }
    }

    [Fact]
    public void Every_flipped_byte_is_refused_or_changes_nothing()
    {
        Linear model = Small(1);
        var checkpoint = new TrainingCheckpoint(model, new Sgd(model.Parameters(), 0.1, momentum: 0.5));
        checkpoint.Save(File, new(1, 2, 3, new RandomKey(4)));
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        float[] weights = model.Weight.Value.ToArray<float>();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= (byte)(1 << (i % 8));
            string path = _folder.Write("damaged", damaged);
            Linear other = Small(2);
            var loading = new TrainingCheckpoint(other, new Sgd(other.Parameters(), 0.1, momentum: 0.5));
            try
            {
                Assert.Equal(new TrainingPosition(1, 2, 3, new RandomKey(4)), loading.Load(path));
                Assert.Equal(weights, other.Weight.Value.ToArray<float>());
            }
            catch (Exception refusal) when (refusal is FileFormatException or StateMismatchException)
            {
                Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_nothing_is_loaded()
    {
        var run = new Run("adam", 3);
        run.Checkpoint.Save(File, run.Position);
        Linear model = Small(2);
        float[] weights = model.Weight.Value.ToArray<float>();
        var optimizer = new Adam(model.Parameters(), 0.01);
        IReadOnlyList<string> problems = Assert.Throws<StateMismatchException>(() => new TrainingCheckpoint(model, optimizer).Load(File)).Problems;
        Assert.Contains("schedule is [CosineAnnealing(steps 11, least 0) from 0.02], but must be [none]", problems);
        Assert.Contains("average is [ExponentialMovingAverage, decay 0.8], but must be [none]", problems);
        Assert.Contains("dropping layers is [2], but must be []", problems);
        Assert.Contains("model.weight is missing", problems);
        Assert.Contains("model.0.weight is unexpected", problems);
        Assert.Equal(weights, model.Weight.Value.ToArray<float>());
        Assert.Equal(0.01, optimizer.LearningRate);
    }

    [Fact]
    public void What_is_no_checkpoint_or_comes_at_a_bad_moment_is_refused()
    {
        var run = new Run("adam", 3);
        run.Model.Save(File);
        Assert.Contains("no checkpoint", Assert.Throws<FileFormatException>(() => run.Checkpoint.Load(File)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => run.Checkpoint.Load(_folder.File("none")));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Checkpoint.Save(File, new(0, -1, 0)));
        run.Average.Apply();
        Assert.Contains("Restore()", Assert.Throws<InvalidOperationException>(() => run.Checkpoint.Save(File, run.Position)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new TrainingCheckpoint(null!, run.Optimizer));
        Assert.Throws<ArgumentNullException>(() => new TrainingCheckpoint(run.Model, (Optimizer)null!));
        Assert.Throws<ArgumentNullException>(() => new TrainingCheckpoint(run.Model, (Lbfgs)null!));
    }

    private static Linear Small(long seed) => new(2, 2, new RandomKey(seed));

    private static void Same(IEnumerable<(string Name, Tensor Value)> expected, IEnumerable<(string Name, Tensor Value)> actual, int k)
    {
        foreach (((string name, Tensor left), (_, Tensor right)) in expected.Zip(actual))
            Laws.Compare.SameBits(left, right, $"{name}, resumed after step {k}");
    }

    /// <summary>A training with everything that has a state: dropout, running statistics, memories, a schedule, a plateau, an average, keys by the sequence.</summary>
    private sealed class Run
    {
        private readonly LearningRateStepper _rates;
        private readonly ReduceOnPlateau _plateau;

        public Run(string optimizer, long seed)
        {
            Model = new(new Linear(5, 8, new RandomKey(seed)), new BatchNorm1d(8, momentum: null), new Dropout(0.3), new Tanh(), new Linear(8, 3, new RandomKey(seed + 1)));
            Model.Train();
            Optimizer = optimizer switch
            {
                "adam" => new Adam(Model.Parameters(), 0.02),
                "momentum" => new Sgd(Model.Parameters(), 0.02, momentum: 0.9, nesterov: true),
                _ => new Muon(Model.Parameters(), 0.02),
            };
            _rates = new CosineAnnealing(Steps).For(Optimizer);
            _plateau = new(Optimizer, 0.5, patience: 1);
            Average = new ExponentialMovingAverage(Model.Parameters(), 0.8);
            Checkpoint = new(Model, Optimizer) { Plateau = _plateau, Average = Average };
            Position = new(0, 0, 0, new RandomKey(seed + 2));
        }

        public Sequential Model { get; }

        public Optimizer Optimizer { get; }

        public WeightAverage Average { get; }

        public TrainingCheckpoint Checkpoint { get; }

        public TrainingPosition Position { get; set; }

        /// <summary>Trains to a step and gives the losses.</summary>
        public IEnumerable<double> To(long steps)
        {
            while (Position.Step < steps)
            {
                foreach (Batch batch in new Batches(TrainingCheckpointTests.Data, Size, Position.Order).Epoch(Position.Epoch, Position.Batch))
                {
                    yield return Step(batch);
                    Position = Position with { Batch = Position.Batch + 1, Step = Position.Step + 1 };
                    if (Position.Step == steps && Position.Batch < PerEpoch) yield break;
                }
                Position = Position with { Epoch = Position.Epoch + 1, Batch = 0 };
            }
        }

        private double Step(Batch batch)
        {
            Optimizer.ZeroGrad();
            Tensor noise = 0.1 * Tensor.Normal(batch.Inputs.Shape, RandomKey.Next());
            Tensor loss = Loss.CrossEntropy(Model.Forward(batch.Inputs + noise), batch.Labels);
            loss.Backward();
            Optimizer.Step();
            _rates.Step();
            Average.Update();
            _plateau.Step(loss.Item<float>());
            return loss.Item<float>();
        }
    }
}
