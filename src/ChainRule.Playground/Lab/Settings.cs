namespace ChainRule.Playground.Lab;

/// <summary>All that a run depends on: the same settings give the same losses, to the last bit.</summary>
public sealed record Settings
{
    public const int MostLayers = 8, MostWidth = 16, MostPoints = 1000;

    public DataKind Data { get; init; } = DataKind.Circle;

    public int Count { get; init; } = 200;

    /// <summary>The deviation of what is added to the coordinates.</summary>
    public double Noise { get; init; } = 0.05;

    public long Seed { get; init; } = 1;

    /// <summary>How many points of a hundred are trained on.</summary>
    public int TrainShare { get; init; } = 70;

    /// <summary>The widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [4, 3];

    public ActivationKind Activation { get; init; } = ActivationKind.Tanh;

    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    public double Rate { get; init; } = 0.02;

    public int BatchSize { get; init; } = 20;

    /// <summary>A second optimizer on the same seed and batches; null for none.</summary>
    public OptimizerKind? Rival { get; init; }

    public double RivalRate { get; init; } = 0.1;

    /// <summary>The points of <see cref="DataKind.Own"/>.</summary>
    public IReadOnlyList<LabelledPoint> Own { get; init; } = [];

    /// <summary>What the Explain room shows; empty for its first example.</summary>
    public string Expression { get; init; } = "";

    /// <summary>The values of its variables: <c>x=1;w=[1,2]</c>.</summary>
    public string At { get; init; } = "";

    /// <summary>The parts of the page that a teacher has hidden.</summary>
    public IReadOnlyList<string> Hide { get; init; } = [];

    public bool Shows(string part) => !Hide.Contains(part);

    /// <summary>The classic network on the four points.</summary>
    public static Settings Xor { get; } = new() { Data = DataKind.Xor, TrainShare = 100, Hidden = [4], Loss = LossKind.Binary, Optimizer = OptimizerKind.Sgd, Rate = 0.5, BatchSize = 4 };

    /// <summary>Two arms that wind around each other.</summary>
    public static Settings Spiral { get; } = new() { Data = DataKind.Spiral, Hidden = [8, 8], Activation = ActivationKind.Tanh, Rate = 0.03, Noise = 0.02 };
}
