namespace ChainRule.Playground.Lab;

/// <summary>A lesson of the folder learn/ and a state of another room that belongs to it.</summary>
public sealed record Lesson(string Title, string File, string About, string Link, string LinkText)
{
    private static readonly string Deep = SettingsText.Write("train", new Settings { Hidden = [4, 4, 4, 4, 4, 4], Activation = ActivationKind.Sigmoid, Optimizer = OptimizerKind.Sgd, Rate = 0.1 });

    public static IReadOnlyList<Lesson> All { get; } =
    [
        new("The chain rule", "01-chain-rule.cs", "How a small change travels through one variable and through many.", "explain", "Drag x in (2x+1)^3"),
        new("Computational graphs", "02-computational-graphs.cs", "The same rule on a graph: values forward, derivatives backward.", Explain("(a+b)^2 + (a-b)^2", "a=1;b=0.5"), "Look at the edges of a graph"),
        new("A single neuron", "03-a-single-neuron.cs", "A sigmoid, half a squared error, and every derivative between.", SettingsText.Write("train", Settings.Xor with { Data = DataKind.Gauss, TrainShare = 70, Hidden = [], Loss = LossKind.Squared, BatchSize = 20 }), "Train one neuron on two clouds"),
        new("Two layers in matrix form", "04-two-layers.cs", "Why the error at the output is A − Y for cross entropy and not for squared error.", SettingsText.Write("train", Settings.Xor), "Step through two layers"),
        new("The network from scratch", "05-network-from-scratch.cs", "Trained on XOR; and what to do with the seeds that fail.", SettingsText.Write("train", Settings.Xor with { Activation = ActivationKind.Relu }), "Train XOR with relu"),
        new("Gradient checking", "06-gradient-checking.cs", "How to find a wrong derivative, and why a smaller step is not always better.", SettingsText.Write("check", Settings.Xor), "Check each weight"),
        new("Autograd", "07-autograd.cs", "Leaves, gradients, what adds up, and the trap of a scaled leaf.", Explain("x*y + sin(x)", "x=1;y=2"), "See gradients add up over paths"),
        new("Training with autograd", "08-training-with-autograd.cs", "The same training in a few lines, to the last bit.", SettingsText.Write("train", new Settings()), "Train and take the C# file along"),
        new("Gradient flow", "09-gradient-flow.cs", "Layers' magnitudes: vanishing, exploding, and how to begin.", Deep, "Six sigmoid layers: watch the flow"),
        new("Beyond", "10-beyond.cs", "Forward mode, second derivatives, optimizers side by side.", SettingsText.Write("train", Settings.Spiral with { Optimizer = OptimizerKind.Sgd, Rate = 0.3, Rival = OptimizerKind.Adam, RivalRate = 0.03 }), "Two optimizers on one seed"),
    ];

    private static string Explain(string expression, string at) => SettingsText.Write("explain", new Settings { Expression = expression, At = at });
}
