using ChainRule.Cli.Display;
using ChainRule.Cli.Output;
using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule train</c>, from what was asked for to the files that come of it.</summary>
internal static class TrainRun
{
    // Weights, gradients and the two memories of Adam, as float32.
    private const long BytesPerParameter = 16;

    public static int Start(TrainSettings settings)
    {
        using var interruption = new Interruption(Terminal.IsInteractive);
        try
        {
            return Start(settings, interruption);
        }
        catch (OperationCanceledException) when (interruption.Signal is { } signal)
        {
            Terminal.Note("stopped before the first step; nothing is written.");
            return ExitCode.Of(signal);
        }
    }

    private static int Start(TrainSettings settings, Interruption interruption)
    {
        Engine.Threads = settings.Threads ?? Engine.Threads;
        var key = new RandomKey(settings.Seed);
        LearningTask task = LearningTasks.Load(settings.Data, key.Child(0), interruption.Token);
        Recipe recipe = task.Recipe.With(settings);
        int[] sizes = [checked((int)task.FeatureCount), .. recipe.Layers, task.Classes.Count];
        RequireMemory(sizes);
        RunFolder folder = RunFolder.Open(settings.Output, FolderName(task.Name));
        RunFolder? place = null;
        EventLog? events = null;
        if (!settings.IsQuiet && File.Exists(folder.PathOf(RunFiles.ModelName)))
            Terminal.Note($"{folder.Path} holds an earlier run, which this one will replace.");
        try
        {
            // Opened before the work too, so that a place that cannot be written to is known at once.
            place = settings.TensorBoard is { } path ? RunFolder.Open(path, "", "--tensorboard") : null;
            Sequential network = Network.Create(sizes, recipe.Activation, key.Child(1));
            using var loop = new TrainLoop(network, task, recipe, key.Child(2), settings.Doctor);
            if (place is not null)
                loop.Events = events = new EventLog(place.Path, task, loop.Plan, GraphOf(network, task));
            ITrainView view = settings.IsQuiet ? new SilentView() : new ConsoleView(Terminal.IsInteractive);
            RunRecord run = Train(loop, view, interruption);
            IReadOnlyList<string> files = RunFiles.Write(run, settings.Doctor == DoctorMode.Full, new SavedModel(network, task.Standardization, DescriptionOf(run, sizes)), folder);
            if (events is not null)
                files = [.. files, Ended(events, run)];
            view.End(run, folder.Path, files);
            if (settings.IsJson)
                Console.Out.WriteLine(ResultOf(run));
            return Verdict(run, folder, interruption);
        }
        catch (Exception error)
        {
            // What an event file holds of a run that broke is worth keeping; of one that never began it is not.
            if (error is OperationCanceledException)
                events?.Discard();
            events?.Dispose();
            folder.Discard();
            place?.Discard();
            throw;
        }
    }

    // Not tracked, so that the doctor does not take it for a step.
    private static GraphView GraphOf(Sequential network, LearningTask task)
    {
        using var quiet = new NoGrad();
        return GraphView.Of(network, Tensor.Zeros([1, task.FeatureCount]));
    }

    private static string Ended(EventLog events, RunRecord run)
    {
        events.End(run);
        if (events.Failure is { } failure)
            Terminal.Note($"{events.Path} holds only the beginning of the run: {failure}");
        return events.Path;
    }

    private static RunRecord Train(TrainLoop loop, ITrainView view, Interruption interruption)
    {
        view.Begin(loop.Task, loop.Summary, loop.Plan);
        Task<RunRecord> run = System.Threading.Tasks.Task.Factory.StartNew(
            () => loop.Run(interruption.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        view.Watch(loop.Progress, run);
        return run.GetAwaiter().GetResult();
    }

    private static int Verdict(RunRecord run, RunFolder folder, Interruption interruption)
    {
        switch (run.Ending)
        {
            case Ending.Diverged:
                Terminal.Error($"{Advice.OnDivergence(run)} What there is is in {folder.Path}.");
                return ExitCode.Failed;
            case Ending.Interrupted when interruption.Signal is { } signal:
                Terminal.Note($"stopped in epoch {run.EpochsBegun} of {run.Recipe.Epochs}; what there is is in {folder.Path}.");
                return ExitCode.Of(signal);
            default:
                return ExitCode.Done;
        }
    }

    private static ModelDescription DescriptionOf(RunRecord run, int[] sizes) =>
        new(run.Task.Name, run.Task.FeatureShape, sizes, run.Recipe.Activation, run.Task.Classes);

    private static string ResultOf(RunRecord run) => JsonLine.Of(json =>
    {
        json.WriteString("data", run.Task.Name);
        json.WriteNumber("parameters", run.Parameters);
        json.WriteNumber("epochs", run.EpochsDone);
        json.WriteNumber("steps", run.Steps);
        json.WriteNumber("seconds", Math.Round(run.Seconds, 3));
        JsonLine.WriteFinite(json, "trainLoss", run.TrainLoss);
        JsonLine.WriteFinite(json, "testAccuracy", run.TestAccuracy);
        json.WriteNumber("seed", run.Recipe.Seed);
        json.WriteString("weightsHash", run.WeightsHash);
        FindingsJson.Write(json, run.Findings);
    });

    /// <summary>Asks before the system would end the process without a word.</summary>
    private static void RequireMemory(int[] sizes)
    {
        long parameters = Enumerable.Range(1, sizes.Length - 1).Sum(i => (sizes[i - 1] + 1L) * sizes[i]);
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (parameters > available / BytesPerParameter)
            throw new UserErrorException($"--layers: a network of {Figures.Count(parameters)} parameters takes {Figures.Gigabytes(parameters * BytesPerParameter)} to train, and there are {Figures.Gigabytes(available)}.");
    }

    /// <summary>The name of the data, as far as it can name a folder.</summary>
    private static string FolderName(string name)
    {
        string safe = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).Trim('.', '-');
        return safe.Length == 0 ? "run" : safe[..Math.Min(safe.Length, 60)];
    }
}
