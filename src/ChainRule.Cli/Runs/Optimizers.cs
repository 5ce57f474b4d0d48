using ChainRule.Optim;

namespace ChainRule.Cli.Runs;

/// <summary>The optimizers by the names that the tool gives them.</summary>
internal static class Optimizers
{
    private const double Momentum = 0.9;

    public static readonly string[] Names = ["sgd", "momentum", "adam", "adamw"];

    public static void Check(string? name, Action<string> refuse)
    {
        if (name is not null && !Names.Contains(name))
            refuse($"--optimizer: \"{name}\" is not one of {string.Join(", ", Names)}{(Suggestion.For(name, Names) is { Length: > 0 } suggestion ? suggestion : ".")}");
    }

    /// <summary>How much larger a good learning rate is than Adam's: recipes give Adam's.</summary>
    public static double RateBesideAdam(string name) => name switch
    {
        "sgd" => 50,
        "momentum" => 10,
        _ => 1,
    };

    public static Optimizer Create(string name, IEnumerable<Tensor> parameters, double learningRate) => name switch
    {
        "sgd" => new Sgd(parameters, learningRate),
        "momentum" => new Sgd(parameters, learningRate, Momentum),
        "adam" => new Adam(parameters, learningRate),
        "adamw" => new AdamW(parameters, learningRate),
        _ => throw new ArgumentException($"There is no optimizer {name}.", nameof(name)),
    };
}
