using System.Text.Json;
using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Tests.Laws;
using ChainRule.Tests.Reference;

namespace ChainRule.Tests.Nn;

/// <summary>Three small models go the way of their twins in PyTorch: layers, losses, gradients and optimizers together.</summary>
public sealed class FirstLossesTests : IDisposable
{
    private const double Relative = 1e-12, Absolute = 1e-14;

    private readonly JsonDocument _document = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Nn/Reference/first-losses.json")));

    [Fact]
    public void Regression_by_squared_error_and_gradient_descent() =>
        Follow("regression", new Sequential(Layer(3, 4), new Tanh(), Layer(4, 2)),
            parameters => new Sgd(parameters, 0.1, momentum: 0.9), (output, y) => Loss.MeanSquaredError(output, y));

    [Fact]
    public void Classification_by_cross_entropy_and_Adam() =>
        Follow("classification", new Sequential(Layer(4, 6), new Relu(), Layer(6, 3)),
            parameters => new Adam(parameters, 0.05), (output, y) => Loss.CrossEntropy(output, y.To(DType.Int64)));

    [Fact]
    public void A_decision_by_binary_cross_entropy_and_AdamW() =>
        Follow("decision", new Sequential(Layer(2, 5), new Gelu(), Layer(5, 1)),
            parameters => new AdamW(parameters, 0.05, weightDecay: 0.1), (output, y) => Loss.BinaryCrossEntropyWithLogits(output, y));

    public void Dispose() => _document.Dispose();

    private void Follow(string name, Sequential model, Func<IEnumerable<Tensor>, Optimizer> optimizerOf, Func<Tensor, Tensor, Tensor> lossOf)
    {
        JsonElement recorded = _document.RootElement.GetProperty(name);
        using (new NoGrad())
        {
            foreach ((string place, Tensor value) in model.NamedParameters())
                value.CopyFrom(Notebook.Read(recorded.GetProperty("initial").GetProperty(place)));
        }
        Tensor x = Notebook.Read(recorded.GetProperty("x")), y = Notebook.Read(recorded.GetProperty("y"));
        Optimizer optimizer = optimizerOf(model.Parameters());
        var losses = new double[10];
        for (int step = 0; step < losses.Length; step++)
        {
            optimizer.ZeroGrad();
            Tensor loss = lossOf(model.Forward(x), y);
            loss.Backward();
            optimizer.Step();
            losses[step] = loss.Item<double>();
        }

        Compare.Close(Notebook.Read(recorded.GetProperty("losses")).ToArray<double>(), losses, Relative, Absolute, $"{name}, losses");
        JsonElement final = recorded.GetProperty("final");
        Assert.Equal(final.EnumerateObject().Select(parameter => parameter.Name), model.NamedParameters().Select(parameter => parameter.Name));
        foreach ((string place, Tensor value) in model.NamedParameters())
            Compare.Close(Notebook.Read(final.GetProperty(place)).ToArray<double>(), value.ToArray<double>(), Relative, Absolute, $"{name}, {place}");
    }

    private static Linear Layer(int inputs, int outputs) => new(inputs, outputs, dtype: DType.Float64);
}
