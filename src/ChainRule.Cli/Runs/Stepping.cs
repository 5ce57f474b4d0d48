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

    public static int Run(string model, string? example, int? row, string? output, string? format, string optimizer, double? rate, int after)
    {
        if (output is not null && Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"--output: the folder {folder} does not exist.");
        StepRecording recording;
        string? note;
        try
        {
            (recording, note) = Record(model, example, row, optimizer, rate, after);
        }
        catch (StepLimitException error)
        {
            Terminal.Error(error.Message);
            return ExitCode.Failed;
        }
        bool isText = format == "text" || (format is null && output is null && !StepWalkView.IsPossible);
        if (note is not null && isText)
            Console.Out.WriteLine(note);
        else if (note is not null)
            Terminal.Note(note);
        if (output is not null)
        {
            recording.Save(output);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {recording.Count} events, {recording.Graph.Nodes.Count} nodes"));
        }
        if (format == "json")
            Console.Out.Write(recording.ToJson());
        else if (isText)
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

    private static (StepRecording Recording, string? Note) Record(string model, string? example, int? row, string optimizer, double? rate, int after)
    {
        var key = new RandomKey(1);
        Sequential network;
        Tensor inputs, labels;
        string? note = null;
        bool isXor = IsXor(model);
        if (isXor)
        {
            if (example is not null || row is not null)
                throw new UserErrorException($"{(example is null ? "--row" : "--example")}: xor steps on its own four examples; name a run for others.");
            network = Network.Create([2, .. Recipes.Xor.Layers, 2], Recipes.Xor.Activation, key);
            inputs = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
            labels = Tensor.From<long>([0, 1, 1, 0]);
        }
        else
        {
            if (!Path.Exists(model))
                throw new UserErrorException($"MODEL: there is no \"{model}\". Give xor, the folder of a run, or the model.safetensors in it.");
            string path = Directory.Exists(model) ? ModelIn(model) : model;
            SavedModel saved = SavedModel.Load(path);
            StepExample one = (example, row) switch
            {
                (null, null) => StepExample.Invent(saved, key),
                (null, { } place) => StepExample.OfRun(saved, path, place),
                _ => StepExample.OfTable(saved, path, example, row ?? 1),
            };
            (network, inputs, labels, note) = (saved.Network, one.Inputs, one.Labels, one.Note);
        }
        Optimizer steps = Optimizers.Create(optimizer, network.Parameters(), rate ?? (isXor ? RateOfAdam : RateOfTrained) * Optimizers.RateBesideAdam(optimizer));
        for (int i = 0; i < after; i++)
        {
            steps.ZeroGrad();
            Loss.CrossEntropy(network.Apply(inputs), labels).Backward();
            steps.Step();
        }
        return (StepRecording.Of(() => Loss.CrossEntropy(network.Apply(inputs), labels), steps, network, [("x", inputs), ("labels", labels)]), note);
    }

    private static bool IsXor(string model) => model == "xor" && !Path.Exists(model);

    private static string ModelIn(string folder)
    {
        string file = Path.Combine(folder, RunFiles.ModelName);
        return File.Exists(file) ? file : throw new UserErrorException($"{folder} is not the folder of a run: there is no {RunFiles.ModelName} in it.");
    }
}
