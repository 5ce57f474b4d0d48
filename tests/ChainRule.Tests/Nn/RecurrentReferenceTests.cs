using System.IO.Compression;
using System.Text.Json;
using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

/// <summary>Recurrent layers and cells against PyTorch's with the same weights; Reference/make-recurrent.py made the values.</summary>
public sealed class RecurrentReferenceTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonElement[] _cases = Read();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, _cases.Length)];

    [Fact]
    public void There_are_39_recorded_cases_of_each_layer_and_cell() =>
        Assert.Equal(
            [("GRU", 10), ("GRUCell", 2), ("LSTM", 10), ("LSTMCell", 2), ("RNN", 12), ("RNNCell", 3)],
            _cases.CountBy(one => one.GetProperty("kind").GetString()!).Select(pair => (pair.Key, pair.Value)).Order());

    [Theory, MemberData(nameof(Cases))]
    public void Values_and_two_orders_of_derivatives_are_those_of_PyTorch(int number)
    {
        JsonElement recorded = _cases[number];
        string because = $"case {number}, {recorded.GetProperty("kind")}, {recorded.GetProperty("arguments")}";
        Module layer = Made(recorded);
        Load(layer, recorded.GetProperty("parameters"));
        Tensor[] inputs = [.. Tensors(recorded, "inputs").Select(input => input.RequiresGrad())];
        Tensor[] sources = [.. inputs, .. layer.Parameters()];

        Tensor[] outputs = Outputs(layer, inputs, recorded.GetProperty("arguments"));
        Close(Tensors(recorded, "outputs"), outputs, $"{because}, output");
        Tensor total = outputs.Zip(Tensors(recorded, "cotangents"), (y, cotangent) => (y * cotangent).Sum()).Aggregate((a, b) => a + b);
        Tensor[] first = Differentiate.Gradients(total, sources, createGraph: true);
        Close(Tensors(recorded, "gradients"), first, $"{because}, gradient");
        Close(Tensors(recorded, "second"), Differentiate.Gradients(first[0].Square().Sum(), sources), $"{because}, second");
    }

    private static Module Made(JsonElement recorded)
    {
        JsonElement with = recorded.GetProperty("arguments");
        bool bias = with.GetProperty("bias").GetBoolean();
        Nonlinearity nonlinearity = with.GetProperty("nonlinearity").GetString() == "relu" ? Nonlinearity.Relu : Nonlinearity.Tanh;
        switch (recorded.GetProperty("kind").GetString())
        {
            case "RNNCell": return new RnnCell(2, 3, bias, nonlinearity, dtype: DType.Float64);
            case "LSTMCell": return new LstmCell(2, 3, bias, dtype: DType.Float64);
            case "GRUCell": return new GruCell(2, 3, bias, dtype: DType.Float64);
        }
        int layers = with.GetProperty("layers").GetInt32();
        bool batchFirst = with.GetProperty("batch_first").GetBoolean(), bidirectional = with.GetProperty("bidirectional").GetBoolean();
        return recorded.GetProperty("kind").GetString() switch
        {
            "RNN" => new Rnn(2, 3, layers, nonlinearity, bias, batchFirst, bidirectional: bidirectional, dtype: DType.Float64),
            "LSTM" => new Lstm(2, 3, layers, bias, batchFirst, bidirectional: bidirectional, dtype: DType.Float64),
            _ => new Gru(2, 3, layers, bias, batchFirst, bidirectional: bidirectional, dtype: DType.Float64),
        };
    }

    private static Tensor[] Outputs(Module layer, Tensor[] inputs, JsonElement with)
    {
        Tensor? lengths = with.TryGetProperty("lengths", out JsonElement given) && given.ValueKind == JsonValueKind.Array
            ? Tensor.From([.. given.EnumerateArray().Select(length => length.GetInt64())])
            : null;
        switch (layer)
        {
            case Rnn rnn: { (Tensor output, Tensor hidden) = rnn.Forward(inputs[0], inputs[1], lengths); return [output, hidden]; }
            case Gru gru: { (Tensor output, Tensor hidden) = gru.Forward(inputs[0], inputs[1], lengths); return [output, hidden]; }
            case Lstm lstm: { (Tensor output, Tensor hidden, Tensor cell) = lstm.Forward(inputs[0], inputs[1], inputs[2], lengths); return [output, hidden, cell]; }
            case RnnCell cell: return [cell.Forward(inputs[0], inputs[1])];
            case GruCell cell: return [cell.Forward(inputs[0], inputs[1])];
            default: { (Tensor hidden, Tensor memory) = ((LstmCell)layer).Forward(inputs[0], inputs[1], inputs[2]); return [hidden, memory]; }
        }
    }

    private static void Load(Module layer, JsonElement parameters)
    {
        Assert.Equal(parameters.EnumerateObject().Select(parameter => parameter.Name), layer.NamedParameters().Select(parameter => parameter.Name));
        using (new NoGrad())
        {
            foreach ((string name, Tensor value) in layer.NamedParameters())
            {
                Tensor loaded = Read(parameters.GetProperty(name));
                Assert.Equal(loaded.Shape, value.Shape);
                value.CopyFrom(loaded);
            }
        }
    }

    private static void Close(Tensor[] expected, Tensor[] actual, string because)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Shape, actual[i].Shape);
            Laws.Compare.Close(expected[i].ToArray<double>(), actual[i].ToArray<double>(), Tolerance, Tolerance, $"{because} {i}");
        }
    }

    private static JsonElement[] Read()
    {
        using FileStream file = File.OpenRead(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Nn/Reference/recurrent.json.gz"));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        return [.. JsonDocument.Parse(unzipped).RootElement.EnumerateArray()];
    }

    private static Tensor[] Tensors(JsonElement recorded, string name) => [.. recorded.GetProperty(name).EnumerateArray().Select(Read)];

    private static Tensor Read(JsonElement tensor) =>
        Tensor.From(
            [.. tensor.GetProperty("data").EnumerateArray().Select(value => value.GetDouble())],
            (Shape)tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray());
}
