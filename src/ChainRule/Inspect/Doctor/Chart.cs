using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>All that is known of the patient when a diagnosis is made.</summary>
internal sealed class Chart(Module model, (string Name, Tensor Value)[] parameters, Func<Tensor>? loss, long? expectedSteps)
{
    private const int Recalled = 5, First = 4;

    // Steps of this share of the weights move the loss more than batches do.
    private const double LargeStep = 0.2;

    // A tenth of guessing, or of the variance of the targets: what is below has been learned.
    private const double SmallShare = 0.1;

    private readonly List<StepReading> _first = [];
    private (string Operation, string Place)? _origin;
    private bool _hasSearched;
    private int _looks;

    /// <summary>How many steps the training will take, if that is known.</summary>
    public long? ExpectedSteps => expectedSteps;

    public LossCurve Curve { get; } = new();
    public DataReading Data { get; } = new();

    /// <summary>The looks at the first steps.</summary>
    public IReadOnlyList<StepReading> Beginning => _first;

    /// <summary>The latest looks, at most five.</summary>
    public StepReading[] Latest { get; private set; } = [];

    /// <summary>The deviation and the size of the outputs at the latest looks.</summary>
    public (double Deviation, double Size)[] Outputs { get; private set; } = [];

    /// <summary>The reach of the hidden layer at the latest looks; null where it has none.</summary>
    public ReachReading?[] Reaches { get; private set; } = [];

    /// <summary>The latest step at which no weights under the pattern of the hidden units could make the loss smaller; null if there was none.</summary>
    public long? OutOfReachAt { get; private set; }

    /// <summary>The places of the weights among the parameters: those with at least two axes. Biases begin at 0 and say little.</summary>
    public IReadOnlyList<int> Weights { get; } = [.. Enumerable.Range(0, parameters.Length).Where(i => parameters[i].Value.Rank >= 2)];

    public IReadOnlyList<string> Names { get; } = [.. parameters.Select(parameter => parameter.Name)];

    /// <summary>The first parameter that held NaN or infinity before any step, or null.</summary>
    public string? BrokenParameter { get; } = parameters.FirstOrDefault(parameter => Gauge.IsBroken(parameter.Value)).Name;

    /// <summary>The last module that was called.</summary>
    public Module? Head { get; private set; }

    /// <summary>Whether a parameter is to learn.</summary>
    public bool IsLearned(int parameter) => parameters[parameter].Value.IsLeaf;

    public void Add(StepReading reading, IReadOnlyList<ModuleCall> calls, Tensor? inputs, Tensor? outputs, Tensor? targets)
    {
        if (_first.Count < First)
            _first.Add(reading);
        Data.Add(inputs, outputs, targets);
        // What the fourth of the first steps changed is known at the look after it, and after that nothing new.
        _looks++;
        if (_looks <= First + 1)
            Curve.BeganWithLargeSteps |= _first.Any(first => Weights.Any(i => first.Layers[i].UpdateRatio > LargeStep));
        Curve.Small = SmallShare * (Data.IsClassification ? Logarithm.Natural(Math.Max(2, Data.Classes)) : Data.TargetDeviation * Data.TargetDeviation);
        Latest = WithLatest(Latest, reading);
        Outputs = WithLatest(Outputs, Data.Output);
        ReachReading? reach = ReachReading.Of(calls, reading.Step, Reaches.Length == 0 ? null : Reaches[^1]);
        Reaches = WithLatest(Reaches, reach);
        if (reach is { IsOutOfReach: true })
            OutOfReachAt = reading.Step;
        Head = calls.LastOrDefault(call => call.Module.Children.Count == 0)?.Module ?? Head;
        if (Curve.BrokenAt is not null && !_hasSearched)
        {
            _hasSearched = true;
            Func<Tensor>? again = loss ?? (inputs is null ? null : () => model.Apply(inputs));
            _origin = again is null ? null : FirstNonFinite.Run(model, again);
        }
    }

    /// <summary>The first operation that made NaN or infinity of finite numbers, and in which module, if it was found.</summary>
    public (string Operation, string Place)? Origin => _origin;

    /// <summary>What keeps the gradient from a parameter, if the loss can be computed anew.</summary>
    public GradientTraceRow? CutOf(int parameter) =>
        loss is null ? null : GradientTrace.Run(loss, [(Names[parameter], parameters[parameter].Value)]).Rows[0];

    private static T[] WithLatest<T>(T[] kept, T value) => [.. kept.AsSpan(Math.Max(0, kept.Length + 1 - Recalled)), value];
}
