using System.Globalization;
using ChainRule.Cli.Output;
using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule graph</c>: the loss of a trained network for one example, drawn.</summary>
internal static class Drawing
{
    public static int Write(string run, string? output, int? depth, bool isFolded)
    {
        if (output is not null && Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"--output: the folder {folder} does not exist.");
        if (!Path.Exists(run))
            throw new UserErrorException($"RUN: there is no \"{run}\". Give the folder of a run, or the model.safetensors in it.");
        string model = Directory.Exists(run) ? Path.Combine(run, RunFiles.ModelName) : run;
        if (Directory.Exists(run) && !File.Exists(model))
            throw new UserErrorException($"{run} is not the folder of a run: there is no {RunFiles.ModelName} in it.");
        GraphView view = Of(SavedModel.Load(model));
        if (depth is { } level)
            view = view.Collapse(level);
        if (isFolded)
            view = view.Fold();
        if (output is null)
        {
            Console.Out.Write(view.ToText());
            return ExitCode.Done;
        }
        view.Save(output);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {view.Nodes.Count} nodes, {view.Nodes.Sum(node => node.OperationCount)} operations"));
        return ExitCode.Done;
    }

    // Inputs were standardised, so an example looks like normal numbers; the label is the first class.
    private static GraphView Of(SavedModel model)
    {
        Sequential network = model.Network;
        network.Eval();
        Tensor input = Tensor.Normal([1, model.Description.Sizes[0]], new RandomKey(1)), label = Tensor.Zeros([1], DType.Int64);
        return GraphView.Of(() => Loss.CrossEntropy(network.Apply(input), label), gradients: true, network, [("input", input), ("label", label)]);
    }
}
