using System.Globalization;
using ChainRule.Kernels;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Formats;

/// <summary>
/// A whole training in one file: a run that is killed at any moment and goes on from its last file has the bits of one that never
/// stopped. Parameters, buffers, what the optimizer remembers, its schedule, the keys and counts of dropout, the sequence of
/// <see cref="RandomKey.Next"/>, weight averages, and the place in the data.
/// </summary>
/// <remarks>
/// The file is a safetensors file, is there whole or not at all (<see cref="AtomicFile"/>), and carries a SHA-256 of its contents.
/// Build model, optimizer, schedule and the rest as in the run that was interrupted, then load. Not in it: gradients, and whether
/// modules are training; write after a step, not between backward and step. A schedule that is code, a
/// <see cref="LambdaSchedule"/> or one of your own, is compared by its rates of the first thousand steps that the training had done.
/// </remarks>
public sealed class TrainingCheckpoint
{
    private const string ModelPrefix = "model.", OptimizerPrefix = "optimizer.", AveragePrefix = "average.", DropPrefix = "drop.", PlateauPrefix = "plateau.", ScheduleStep = "schedule.step";

    private readonly Module _model;
    private readonly Optimizer? _optimizer;
    private readonly Func<IReadOnlyList<Tensor>> _adjusted;
    private readonly Func<OptimizerState> _state;
    private readonly Func<OptimizerState, IReadOnlyList<string>> _restore;

    /// <summary>A checkpoint of a model and its optimizer, whose schedule, if it has one, is found by itself.</summary>
    public TrainingCheckpoint(Module model, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        (_model, _optimizer, _adjusted, _state, _restore) = (model, optimizer, () => optimizer.Parameters, optimizer.State, optimizer.Restore);
    }

    /// <inheritdoc cref="TrainingCheckpoint(Module, Optimizer)"/>
    public TrainingCheckpoint(Module model, Lbfgs optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        (_model, _adjusted, _state, _restore) = (model, () => optimizer.Parameters, optimizer.State, optimizer.Restore);
    }

    /// <summary>What lowers the rates, if anything does.</summary>
    public ReduceOnPlateau? Plateau { get; init; }

    /// <summary>The average of the weights, if there is one.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Writes everything.</summary>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="position">How far the training has come.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count of the position is negative.</exception>
    /// <exception cref="InvalidOperationException">The parameters hold their averages, or the optimizer adjusts others than the model's.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, TrainingPosition position)
    {
        if (position is not { Epoch: >= 0, Batch: >= 0, Step: >= 0 })
            throw new ArgumentOutOfRangeException(nameof(position), position, "TrainingCheckpoint: epoch, batch and step count from 0.");
        RequireTraining();
        OptimizerState optimizer = _state();
        var contents = new CheckpointContents();
        contents.Put(position);
        contents.Put(OptimizerPrefix, optimizer);
        contents.Put(ModelPrefix, [.. _model.NamedParameters(), .. _model.NamedBuffers()]);
        contents.Put(AveragePrefix, Averages());
        contents.Put(Settings(_optimizer?.Stepper?.StepCount ?? 0));
        contents.Put(Counts());
        contents.Save(path);
    }

    /// <summary>Takes everything over, or nothing if something in the file does not fit.</summary>
    /// <returns>How far the training had come.</returns>
    /// <exception cref="StateMismatchException">The file is of another model, optimizer, schedule or way of computing; the message lists all that does not fit.</exception>
    /// <exception cref="FileFormatException">The file is no checkpoint, is damaged, or of another version of the format.</exception>
    /// <exception cref="InvalidOperationException">The parameters hold their averages, or the optimizer adjusts others than the model's.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public TrainingPosition Load(string path)
    {
        RequireTraining();
        CheckpointContents contents = CheckpointContents.Load(path);
        TrainingPosition position = contents.Position(path);
        List<string> problems = [.. contents.Differences(Settings(contents.CountOrNothing(ScheduleStep))), .. contents.Missing(Counts().Keys)];
        StatePart[] model = [.. Model()], averages = [.. AverageParts()];
        problems.AddRange(contents.Problems(ModelPrefix, model));
        problems.AddRange(contents.Problems(AveragePrefix, averages));
        if (problems.Count == 0)
            problems.AddRange(_restore(contents.Optimizer(OptimizerPrefix)));
        if (problems.Count > 0)
            throw new StateMismatchException(path, _model.ToString(), problems);
        using (new NoGrad())
        {
            contents.Give(ModelPrefix, model);
            contents.Give(AveragePrefix, averages);
        }
        Restore(contents);
        return position;
    }

    /// <summary>Refuses a moment and parts of which a file would not hold a training.</summary>
    private void RequireTraining()
    {
        // Restore() would write the weights of before over those that were loaded.
        if (Average is { IsApplied: true })
            throw new InvalidOperationException("TrainingCheckpoint: the parameters hold their averages. Call Restore() on these first.");
        var own = new HashSet<Tensor>(_model.NamedParameters().Select(found => found.Value), ReferenceEqualityComparer.Instance);
        foreach ((int i, Tensor parameter) in _adjusted().Index())
        {
            if (!own.Contains(parameter))
                throw new InvalidOperationException($"TrainingCheckpoint: parameter {i} of the optimizer, {parameter.DType.Lower()}{parameter.Shape}, is none of the model's, so its values would not be in the file. Make the optimizer of the parameters of this model, after any change of their type, or put all that is trained into one model.");
        }
    }

    private IEnumerable<StatePart> Model() =>
    [
        .. _model.NamedParameters().Select(found => new StatePart(found.Name, found.Value.Shape, found.Value.DType, values => found.Value.CopyFrom(values))),
        .. new ModuleWalk(_model).Buffers.Select(found => new StatePart(found.Name, found.Buffer.Value.Shape, found.Buffer.Value.DType, values => found.Buffer.Value = values)),
    ];

    private IEnumerable<(string Name, Tensor Value)> Averages() =>
        (Average?.Averages ?? []).Select((value, i) => (i.ToString(CultureInfo.InvariantCulture), value));

    private IEnumerable<StatePart> AverageParts() =>
        Averages().Select(found => new StatePart(found.Name, found.Value.Shape, found.Value.DType, values => found.Value.CopyFrom(values)));

    private IEnumerable<(string Name, Dropping Layer)> Droppings() =>
        new ModuleWalk(_model).Modules.Where(found => found.Module is Dropping).Select(found => (found.Name, (Dropping)found.Module));

    /// <summary>What must be the same in the run that goes on, whose schedule has done so many steps.</summary>
    private Dictionary<string, string> Settings(long done)
    {
        LearningRateStepper? rates = _optimizer?.Stepper;
        return new()
        {
            ["portable"] = NumericMode.Portable.ToString(),
            ["schedule"] = rates is null ? "none" : $"{ScheduleText.Of(rates.Schedule)} from {string.Join(", ", rates.Initials.Select(rate => OptimizerState.Text(rate)))}",
            ["rates of the steps done"] = rates is null ? "none" : ScheduleText.Rates(rates.Schedule, rates.Initial, done),
            ["plateau"] = Plateau is null ? "none" : string.Join(", ", [OptimizerState.Text(Plateau.Factor), OptimizerState.Text(Plateau.Patience), OptimizerState.Text(Plateau.Threshold), OptimizerState.Text(Plateau.Cooldown), OptimizerState.Text(Plateau.Least), Plateau.IsLargerBetter.ToString()]),
            ["average"] = Average?.Setting ?? "none",
            ["dropping layers"] = string.Join(", ", Droppings().Select(found => found.Name)),
        };
    }

    /// <summary>What changes from step to step and is a number.</summary>
    private Dictionary<string, long> Counts()
    {
        (ulong seed, long used) = RandomKey.Sequence;
        var counts = new Dictionary<string, long> { ["random.seed"] = (long)seed, ["random.used"] = used };
        if (_optimizer?.Stepper is { } rates)
            counts[ScheduleStep] = rates.StepCount;
        if (Average is not null)
            counts["average.updates"] = Average.Updates;
        if (Plateau is not null)
        {
            counts[PlateauPrefix + "best"] = BitConverter.DoubleToInt64Bits(Plateau.Best);
            counts[PlateauPrefix + "bad"] = Plateau.BadSteps;
            counts[PlateauPrefix + "cooldown"] = Plateau.CooldownLeft;
        }
        foreach ((string name, Dropping layer) in Droppings())
        {
            counts[$"{DropPrefix}{name}.key"] = (long)layer.Key.Value;
            counts[$"{DropPrefix}{name}.draws"] = layer.Draws;
        }
        return counts;
    }

    private void Restore(CheckpointContents contents)
    {
        // The schedule sets the rates anew; those that the optimizer kept, a plateau's among them, count.
        if (_optimizer is { Stepper: { } rates } optimizer)
        {
            rates.StepCount = contents.Count(ScheduleStep);
            _restore(contents.Optimizer(OptimizerPrefix));
        }
        if (Average is not null)
            Average.Updates = contents.Count("average.updates");
        if (Plateau is not null)
        {
            Plateau.Best = BitConverter.Int64BitsToDouble(contents.Count(PlateauPrefix + "best"));
            Plateau.BadSteps = (int)contents.Count(PlateauPrefix + "bad");
            Plateau.CooldownLeft = (int)contents.Count(PlateauPrefix + "cooldown");
        }
        foreach ((string name, Dropping layer) in Droppings())
        {
            layer.Key = RandomKey.OfBits((ulong)contents.Count($"{DropPrefix}{name}.key"));
            layer.Draws = contents.Count($"{DropPrefix}{name}.draws");
        }
        RandomKey.Sequence = ((ulong)contents.Count("random.seed"), contents.Count("random.used"));
    }
}
