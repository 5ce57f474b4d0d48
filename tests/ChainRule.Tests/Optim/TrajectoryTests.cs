using System.Text.Json;
using ChainRule.Optim;
using ChainRule.Tests.Laws;
using ChainRule.Tests.Reference;

namespace ChainRule.Tests.Optim;

public sealed class TrajectoryTests : IDisposable
{
    private readonly JsonDocument _document = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Optim/Reference/trajectories.json")));

    [Theory]
    [InlineData(DType.Float64, 1e-12, 1e-14)]
    [InlineData(DType.Float32, 1e-5, 1e-6)]
    public void Optimizers_go_where_those_of_PyTorch_go(DType dtype, double relative, double absolute)
    {
        int cases = 0, points = 0;
        foreach (JsonElement recorded in _document.RootElement.GetProperty("cases").EnumerateArray())
        {
            points += Follow(recorded, dtype, relative, absolute);
            cases++;
        }
        Assert.Equal((22, 22 * 11), (cases, points));
    }

    public void Dispose() => _document.Dispose();

    private int Follow(JsonElement recorded, DType dtype, double relative, double absolute)
    {
        Tensor x = Read("x", dtype), target = Read("target", dtype);
        Tensor w = Read("w", dtype).RequiresGrad(), b = Read("b", dtype).RequiresGrad();
        Optimizer optimizer = OptimizerOf(recorded, [w, b]);
        var rates = recorded.GetProperty("rates").EnumerateArray().ToDictionary(rate => rate[0].GetInt32(), rate => rate[1].GetDouble());
        var withoutB = recorded.GetProperty("without_b").EnumerateArray().Select(step => step.GetInt32()).ToHashSet();
        var points = recorded.GetProperty("points").EnumerateArray().ToDictionary(point => point[0].GetInt32(), point => Notebook.Read(point).ToArray<double>()[1..]);
        for (int step = 0; step < _document.RootElement.GetProperty("steps").GetInt32(); step++)
        {
            if (rates.TryGetValue(step, out double rate))
                optimizer.LearningRate = rate;
            optimizer.ZeroGrad();
            Tensor loss = ((x.MatMul(w) + b).Tanh() - target).Square().Mean() + 0.1 * (3 * w).Sin().Mean();
            loss.Backward();
            if (withoutB.Contains(step))
                b.Grad = null;
            optimizer.Step();
            if (points.TryGetValue(step + 1, out double[]? expected))
                Compare.Close(expected, [.. w.ToArray<double>(), .. b.ToArray<double>()], relative, absolute, $"{recorded.GetProperty("name").GetString()}, {dtype}, step {step + 1}");
        }
        return points.Count;
    }

    private Tensor Read(string name, DType dtype) => Notebook.Read(_document.RootElement.GetProperty(name)).To(dtype);

    private static Optimizer OptimizerOf(JsonElement recorded, Tensor[] parameters)
    {
        JsonElement settings = recorded.GetProperty("settings");
        double rate = settings.GetProperty("lr").GetDouble();
        double decay = Number("weight_decay", 0);
        (double beta1, double beta2) = settings.TryGetProperty("betas", out JsonElement betas) ? (betas[0].GetDouble(), betas[1].GetDouble()) : (0.9, 0.999);
        return recorded.GetProperty("optimizer").GetString() switch
        {
            "Sgd" => new Sgd(parameters, rate, Number("momentum", 0), settings.TryGetProperty("nesterov", out _), decay),
            "Adam" => new Adam(parameters, rate, beta1, beta2, Number("eps", 1e-8), decay),
            "AdamW" => new AdamW(parameters, rate, beta1, beta2, Number("eps", 1e-8), decay),
            string other => throw new ArgumentException(other),
            null => throw new ArgumentNullException(nameof(recorded)),
        };

        double Number(string name, double otherwise) => settings.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;
    }
}
