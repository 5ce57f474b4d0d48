using System.Text.Json;
using ChainRule.Nn;
using ChainRule.Tests.Laws;
using ChainRule.Tests.Reference;

namespace ChainRule.Tests.Nn;

public sealed class LossReferenceTests : IDisposable
{
    private readonly JsonDocument _document = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Nn/Reference/losses.json")));

    [Theory]
    [InlineData(DType.Float64, Compare.RelativeInDouble, Compare.AbsoluteInDouble)]
    [InlineData(DType.Float32, Compare.RelativeInSingle, Compare.AbsoluteInSingle)]
    public void Losses_and_their_gradients_are_those_of_PyTorch(DType dtype, double relative, double absolute)
    {
        var compared = new Dictionary<string, int>();
        foreach (JsonElement recorded in _document.RootElement.EnumerateArray())
        {
            string name = recorded.GetProperty("loss").GetString()!;
            Reduction reduction = Enum.Parse<Reduction>(recorded.GetProperty("reduction").GetString()!, ignoreCase: true);
            long? ignored = recorded.TryGetProperty("ignore_index", out JsonElement index) ? index.GetInt64() : null;
            Tensor x = Notebook.Read(recorded.GetProperty("x")).To(dtype).RequiresGrad();
            Tensor loss = LossOf(name, x, Notebook.Read(recorded.GetProperty("target")).To(dtype), reduction, ignored);
            loss.Backward(Tensor.Arange(1, loss.ElementCount + 1, dtype: dtype).Reshape(loss.Shape));

            string because = $"{name}, {reduction}, ignoring {ignored}, {dtype}";
            Check(recorded.GetProperty("value"), loss, relative, absolute, because);
            Check(recorded.GetProperty("gradient"), x.Grad!, relative, absolute, $"{because}, gradient");
            compared[name] = compared.GetValueOrDefault(name) + 1;
        }
        Assert.Equal([("BinaryCrossEntropy", 3), ("BinaryCrossEntropyWithLogits", 3), ("CrossEntropy", 12), ("MeanSquaredError", 3)],
            compared.Select(pair => (pair.Key, pair.Value)).Order());
    }

    public void Dispose() => _document.Dispose();

    private static Tensor LossOf(string name, Tensor x, Tensor target, Reduction reduction, long? ignored) => name switch
    {
        "MeanSquaredError" => Loss.MeanSquaredError(x, target, reduction),
        "BinaryCrossEntropy" => Loss.BinaryCrossEntropy(x, target, reduction),
        "BinaryCrossEntropyWithLogits" => Loss.BinaryCrossEntropyWithLogits(x, target, reduction),
        _ => Loss.CrossEntropy(x, target.Rank == x.Rank ? target : target.To(DType.Int64), reduction, ignored),
    };

    private static void Check(JsonElement expected, Tensor actual, double relative, double absolute, string because)
    {
        Tensor recorded = Notebook.Read(expected);
        Assert.True(recorded.Shape == actual.Shape, $"{because}: {actual.Shape} instead of {recorded.Shape}");
        Compare.Close(recorded.ToArray<double>(), actual.ToArray<double>(), relative, absolute, because);
    }
}
