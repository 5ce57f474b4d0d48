using ChainRule.Nn;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule check</c>: a network's gradients against differences, in float64.</summary>
internal static class Checking
{
    private const int Examples = 8, ElementsOfEach = 20;

    public static int Print(string model)
    {
        var key = new RandomKey(1);
        Sequential network;
        Tensor inputs;
        if (model == "xor" && !File.Exists(model))
        {
            network = Network.Create([2, .. Recipes.Xor.Layers, 2], Recipes.Xor.Activation, key);
            inputs = new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        }
        else
        {
            network = SavedModel.Load(model).Network;
            inputs = Tensor.Normal([Examples, ((Linear)network[0]).Weight.Value.Shape[1]], key.Child(1), dtype: DType.Float64);
        }
        network.To(DType.Float64);
        network.Eval();
        long classes = network.Forward(inputs).Shape[^1];
        Tensor labels = Tensor.From([.. Enumerable.Range(0, (int)inputs.Shape[0]).Select(row => row % classes)]);
        GradientCheckReport report = GradientCheck.Run(
            () => Loss.CrossEntropy(network.Forward(inputs), labels), network.NamedParameters(), model == "xor" ? null : ElementsOfEach, key.Child(2));
        Console.Out.WriteLine(report);
        return report.Passed ? ExitCode.Done : ExitCode.Failed;
    }
}
