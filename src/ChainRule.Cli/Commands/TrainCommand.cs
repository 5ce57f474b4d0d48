using System.CommandLine;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule train</c></summary>
internal static class TrainCommand
{
    private const int MostEpochs = 1_000_000, LargestBatch = 1_000_000, WidestLayer = 65_536, MostThreads = 256;
    private const double HighestLearningRate = 1000;

    private static readonly string[] DoctorModes = ["on", "off", "full"];

    public static Command Build()
    {
        var data = new Option<string>("--data") { Description = "What to learn: digits, fashion-mnist, xor, a table (FILE.csv) or a folder with IDX files like MNIST's", HelpName = "DATA", DefaultValueFactory = _ => "digits" };
        Option<int[]?> layers = Numbers.Sizes("--layers", "Sizes of the hidden layers, or none; by default as suits the data", WidestLayer);
        Option<int?> epochs = Numbers.Whole("--epochs", "How often to go through the data", 1, MostEpochs);
        Option<int?> batch = Numbers.Whole("--batch", "Examples in a step", 1, LargestBatch);
        var optimizer = new Option<string?>("--optimizer") { Description = "How weights are adjusted", HelpName = string.Join('|', Optimizers.Names) };
        optimizer.Validators.Add(result => Optimizers.Check(result.GetValueOrDefault<string?>(), result.AddError));
        Option<double?> learningRate = Numbers.Positive("--learning-rate", "The size of a step", HighestLearningRate);
        Option<long?> seed = Numbers.Seed("--seed", "Decides everything random; the same seed gives the same weights, bit for bit [default: 1]");
        Option<int?> threads = Numbers.Whole("--threads", "Threads to compute with; by default one for each processor", 1, MostThreads);
        var output = new Option<string?>("--output", "-o") { Description = "The folder for what comes of it; by default a new one in runs", HelpName = "FOLDER" };
        output.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>()))
                result.AddError("--output: a folder must have a name.");
        });
        var doctor = new Option<string>("--doctor") { Description = "Whether a doctor watches the gradients and says what keeps the network from learning; full keeps what it saw", HelpName = "on|off|full", DefaultValueFactory = _ => "on" };
        doctor.Validators.Add(result =>
        {
            if (!DoctorModes.Contains(result.GetValueOrDefault<string?>()))
                result.AddError($"--doctor: \"{result.GetValueOrDefault<string?>()}\" is not one of {string.Join(", ", DoctorModes)}.");
        });
        var tensorBoard = new Option<string?>("--tensorboard") { Description = "A folder for an event file, to look at with tensorboard --logdir FOLDER", HelpName = "FOLDER" };
        tensorBoard.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>()))
                result.AddError("--tensorboard: a folder must have a name.");
        });
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing but errors" };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object in the last line" };

        var command = new Command("train", "Trains a network and writes its curves, a report and the model.") { data, layers, epochs, batch, optimizer, learningRate, seed, threads, output, doctor, tensorBoard, quiet, json };
        Examples.AddTo(command,
            "chainrule train",
            "chainrule train --data fashion-mnist --layers 256,128 --epochs 10",
            "chainrule train --data iris.csv --layers 16 --learning-rate 0.01 --output runs/iris",
            "chainrule train --data xor --quiet --json");
        command.SetAction(parsed => TrainRun.Start(new TrainSettings
        {
            Data = parsed.GetRequiredValue(data),
            // An absent list option reads as an empty list, which would mean no hidden layer.
            Layers = parsed.GetResult(layers) is null ? null : parsed.GetValue(layers),
            Epochs = parsed.GetValue(epochs),
            Batch = parsed.GetValue(batch),
            Optimizer = parsed.GetValue(optimizer),
            LearningRate = parsed.GetValue(learningRate),
            Seed = parsed.GetValue(seed) ?? 1,
            Threads = parsed.GetValue(threads),
            Output = parsed.GetValue(output),
            Doctor = Enum.Parse<DoctorMode>(parsed.GetRequiredValue(doctor), ignoreCase: true),
            TensorBoard = parsed.GetValue(tensorBoard),
            IsQuiet = parsed.GetValue(quiet),
            IsJson = parsed.GetValue(json),
        }));
        return command;
    }
}
