using System.Globalization;
using ChainRule.Cli.Display;
using ChainRule.Cli.Output;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule step</c>: a training step recorded, and walked through or written.</summary>
internal static class Stepping
{
    private const double RateOfAdam = 0.05, RateOfTrained = 0.001;

    public static int Run(string model, string? output, string? format, string optimizer, double? rate, int after)
    {
        if (output is not null && Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"--output: the folder {folder} does not exist.");
        StepRecording recording;
        try
        {
            recording = Record(model, optimizer, rate, after);
        }
        catch (StepLimitException error)
        {
            Terminal.Error(error.Message);
            return ExitCode.Failed;
        }
        if (output is not null)
        {
            recording.Save(output);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {recording.Count} events, {recording.Graph.Nodes.Count} nodes"));
        }
        if (format == "json")
            Console.Out.Write(recording.ToJson());
        else if (format == "text" || (output is null && !StepWalkView.IsPossible))
            Print(recording);
        else if (output is null)
            StepWalkView.Show(recording);
        return ExitCode.Done;
    }

    private static void Print(StepRecording recording)
    {
        Console.Out.Write(recording.ToText());
        foreach (Fault fault in WhyNot.Find(recording))
            Terminal.Note(fault.Text);
    }

    private static StepRecording Record(string model, string optimizer, double? rate, int after)
    {
        var key = new RandomKey(1);
        Sequential network;
        Tensor inputs, labels;
        bool isXor = model == "xor" && !Path.Exists(model);
        if (isXor)
        {
            network = Network.Create([2, .. Recipes.Xor.Layers, 2], Recipes.Xor.Activation, key);
            inputs = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
            labels = Tensor.From<long>([0, 1, 1, 0]);
        }
        else
        {
            SavedModel saved = SavedModel.Load(Directory.Exists(model) ? ModelIn(model) : model);
            network = saved.Network;
            // Inputs were standardised, so an example looks like normal numbers; the label is the first class.
            inputs = Tensor.Normal([1, saved.Description.Sizes[0]], key.Child(1));
            labels = Tensor.Zeros([1], DType.Int64);
        }
        Optimizer steps = Optimizers.Create(optimizer, network.Parameters(), rate ?? (isXor ? RateOfAdam : RateOfTrained) * Optimizers.RateBesideAdam(optimizer));
        for (int i = 0; i < after; i++)
        {
            steps.ZeroGrad();
            Loss.CrossEntropy(network.Apply(inputs), labels).Backward();
            steps.Step();
        }
        return StepRecording.Of(() => Loss.CrossEntropy(network.Apply(inputs), labels), steps, network, [("x", inputs), ("labels", labels)]);
    }

    private static string ModelIn(string folder)
    {
        string file = Path.Combine(folder, RunFiles.ModelName);
        return File.Exists(file) ? file : throw new UserErrorException($"{folder} is not the folder of a run: there is no {RunFiles.ModelName} in it.");
    }
}
