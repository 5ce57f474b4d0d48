using System.Globalization;
using System.Text;

namespace ChainRule.Playground.Lab;

/// <summary>A run as a C# program of one file that makes the same calls as <see cref="Trainer"/> and so prints the same hash.</summary>
public static class CodeExport
{
    /// <summary>The line that brings the library.</summary>
    public static string Package { get; } = $"#:package ChainRule@{typeof(Tensor).Assembly.GetName().Version!.ToString(3)}";

    /// <param name="trainer">The run, as far as it went.</param>
    /// <param name="directive">Where the library comes from: <c>#:package ChainRule@0.1.0</c> or <c>#:project PATH</c>.</param>
    public static string Write(Trainer trainer, string directive)
    {
        Settings settings = trainer.Settings;
        int outputs = Network.Outputs(trainer.LossKind, trainer.Points.Classes);
        LabelledPoint[] points = [.. trainer.Points.All.Take(trainer.Points.Trained)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            {{directive}}
            // Made by the ChainRule playground. Run: CHAINRULE_PORTABLE=1 dotnet run FILE.cs
            using ChainRule;
            using ChainRule.Nn;
            using ChainRule.Optim;

            var key = new RandomKey({{settings.Seed}});
            const int steps = {{trainer.Steps}}, batchSize = {{settings.BatchSize}};

            // {{points.Length}} points to train on: x, y.
            Tensor inputs = Tensor.From(new float[]
            {
            {{Rows(points.Select(point => $"{Number(point.X)}, {Number(point.Y)}"), 4)}}
            }, [{{points.Length}}, 2]);
            {{Targets(trainer)}}

            var model = new Sequential(
            {{Layers(settings, outputs)}});
            Tensor[] parameters = [.. model.Parameters()];
            var optimizer = {{Optimizer(trainer)}};
            var step = Compile.Step(optimizer, (Tensor x, Tensor y) => {{Loss(trainer.LossKind)}});

            // What was set by hand: after which step, parameter, element, value.
            (long Step, int Parameter, int Element, float Value)[] edits = [{{string.Join(", ", trainer.Edits.Select(edit => $"({edit.Step}, {edit.Parameter}, {edit.Element}, {Number(edit.Value)})"))}}];

            """);
        text.Append(Loop);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private const string Loop = """

        long count = inputs.Shape[0], perEpoch = (count + batchSize - 1) / batchSize;
        Tensor order = inputs;
        double loss = double.NaN;
        ulong hash = 14695981039346656037;
        for (long i = 0; i < steps; i++)
        {
            Edit(i);
            Tensor x = inputs, y = targets;
            if (perEpoch > 1)
            {
                if (i % perEpoch == 0)
                    order = Tensor.Permutation(count, key.Child(2).Child(i / perEpoch));
                long start = i % perEpoch * batchSize;
                Tensor places = order[(int)start..(int)Math.Min(start + batchSize, count)];
                (x, y) = (inputs.Take(places), targets.Take(places));
            }
            loss = step.Run(x, y);
            ulong bits = BitConverter.DoubleToUInt64Bits(loss);
            for (int shift = 0; shift < 64; shift += 8)
                hash = unchecked((hash ^ (bits >> shift & 255)) * 1099511628211);
            if (i < 5 || (i + 1) % 100 == 0 || i + 1 == steps)
                Console.WriteLine($"step {i + 1}  loss {loss:R}");
        }
        Edit(steps);
        Console.WriteLine($"loss hash after {steps} steps: {hash:x16}");

        void Edit(long after)
        {
            foreach (var edit in edits)
            {
                if (edit.Step != after) continue;
                float[] values = parameters[edit.Parameter].ToArray<float>();
                values[edit.Element] = edit.Value;
                using (new NoGrad())
                    parameters[edit.Parameter].CopyFrom(Tensor.From(values, parameters[edit.Parameter].Shape));
            }
        }

        """;

    private static string Targets(Trainer trainer)
    {
        Tensor targets = trainer.Targets(0, trainer.Points.Trained);
        return targets.DType == DType.Int64
            ? $"Tensor targets = Tensor.From(new long[]\n{{\n{Rows(targets.ToArray<long>().Select(label => label.ToString(CultureInfo.InvariantCulture)), 20)}\n}});"
            : $"Tensor targets = Tensor.From(new float[]\n{{\n{Rows(targets.ToArray<float>().Select(Number), 20)}\n}}, [{targets.Shape[0]}, {targets.Shape[1]}]);";
    }

    private static string Layers(Settings settings, int outputs)
    {
        var layers = new List<string>();
        int inputs = 2;
        for (int i = 0; i < settings.Hidden.Count; i++)
        {
            layers.Add($"    new Linear({inputs}, {settings.Hidden[i]}, key.Child(1).Child({i}))");
            layers.Add($"    new {(settings.Activation == ActivationKind.Linear ? "Identity" : settings.Activation)}()");
            inputs = settings.Hidden[i];
        }
        layers.Add($"    new Linear({inputs}, {outputs}, key.Child(1).Child({settings.Hidden.Count}))");
        return string.Join(",\n", layers);
    }

    private static string Optimizer(Trainer trainer)
    {
        string rate = trainer.Optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture);
        return trainer.OptimizerKind switch
        {
            OptimizerKind.Sgd => $"new Sgd(parameters, {rate})",
            OptimizerKind.Momentum => $"new Sgd(parameters, {rate}, momentum: 0.9)",
            OptimizerKind.Nesterov => $"new Sgd(parameters, {rate}, momentum: 0.9, nesterov: true)",
            OptimizerKind other => $"new {other}(parameters, {rate})",
        };
    }

    private static string Loss(LossKind kind) => kind switch
    {
        LossKind.CrossEntropy => "Loss.CrossEntropy(model.Apply(x), y)",
        LossKind.Binary => "Loss.BinaryCrossEntropyWithLogits(model.Apply(x), y)",
        _ => "Loss.MeanSquaredError(model.Apply(x), y)",
    };

    private static string Rows(IEnumerable<string> cells, int inRow) =>
        string.Join('\n', cells.Chunk(inRow).Select(row => $"    {string.Join(", ", row)},"));

    // Nine digits are enough for any float32 to come back as it was.
    private static string Number(float value) =>
        float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) + "f" : $"BitConverter.Int32BitsToSingle({BitConverter.SingleToInt32Bits(value)})";
}
