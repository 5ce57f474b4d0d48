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
    private const string Invented = "The example is invented: inputs drawn from a normal distribution, label class 0, and an optimizer that remembers nothing of the training. The weights are those of the model.";

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
        bool isText = format == "text" || (format is null && output is null && !StepWalkView.IsPossible);
        if (!IsXor(model) && isText)
            Console.Out.WriteLine(Invented);
        else if (!IsXor(model))
            Terminal.Note(Invented);
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

    private static StepRecording Record(string model, string optimizer, double? rate, int after)
    {
        var key = new RandomKey(1);
        Sequential network;
        Tensor inputs, labels;
        bool isXor = IsXor(model);
        if (isXor)
        {
            network = Network.Create([2, .. Recipes.Xor.Layers, 2], Recipes.Xor.Activation, key);
            inputs = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
            labels = Tensor.From<long>([0, 1, 1, 0]);
        }
        else
        {
            if (!Path.Exists(model))
                throw new UserErrorException($"MODEL: there is no \"{model}\". Give xor, the folder of a run, or the model.safetensors in it.");
            SavedModel saved = SavedModel.Load(Directory.Exists(model) ? ModelIn(model) : model);
            network = saved.Network;
            // Inputs were standardised, so an example looks like normal numbers; the label is the first class. A run keeps neither its data nor
            // what its optimizer remembers: Invented says so.
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

    private static bool IsXor(string model) => model == "xor" && !Path.Exists(model);

    private static string ModelIn(string folder)
    {
        string file = Path.Combine(folder, RunFiles.ModelName);
        return File.Exists(file) ? file : throw new UserErrorException($"{folder} is not the folder of a run: there is no {RunFiles.ModelName} in it.");
    }
}
