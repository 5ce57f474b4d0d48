namespace ChainRule.Cli.Runs;

/// <summary>How each kind of data is learned if nothing else is asked for.</summary>
internal static class Recipes
{
    private const string Relu = "relu", Tanh = "tanh";
    private const int StepsForTable = 3000, TableBatch = 32;

    public static readonly Recipe Digits = new() { Layers = [128, 64], Activation = Relu, Epochs = 30, Batch = 32, Optimizer = "adamw", LearningRate = 0.002 };

    public static readonly Recipe Pictures = new() { Layers = [256, 128], Activation = Relu, Epochs = 10, Batch = 128, Optimizer = "adamw", LearningRate = 0.001 };

    // Tanh, since a few ReLUs may all be dead from the start: then nothing is ever learned.
    public static readonly Recipe Xor = new() { Layers = [8], Activation = Tanh, Epochs = 200, Batch = 4, Optimizer = "adam", LearningRate = 0.05 };

    /// <summary>A small table is gone through more often, so that there are steps enough.</summary>
    public static Recipe OfTable(long examples) => new()
    {
        Layers = [32, 16],
        Activation = Relu,
        Epochs = (int)Math.Clamp(StepsForTable * TableBatch / examples, 5, 100),
        Batch = TableBatch,
        Optimizer = "adamw",
        LearningRate = 0.003,
    };
}
