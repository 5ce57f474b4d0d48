using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace ChainRule.Cli.Tests;

/// <summary>A model.safetensors, read from the format's description alone: what the tool writes is judged by it.</summary>
internal sealed class ModelFile
{
    private readonly SortedDictionary<string, (long[] Shape, byte[] Bytes)> _tensors = new(StringComparer.Ordinal);

    public ModelFile(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        foreach (JsonProperty tensor in header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__"))
        {
            Assert.Equal("F32", tensor.Value.GetProperty("dtype").GetString());
            int[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            _tensors[tensor.Name] = ([.. tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())], file[(8 + headerLength + offsets[0])..(8 + headerLength + offsets[1])]);
        }
    }

    public long ParameterCount => Parameters.Sum(tensor => tensor.Bytes.Length / 4);

    /// <summary>The SHA-256 of all parameters' bytes in the ordinal order of their names; what standardises inputs is no parameter.</summary>
    public string WeightsHash => Convert.ToHexStringLower(SHA256.HashData([.. Parameters.SelectMany(tensor => tensor.Bytes)]));

    private IEnumerable<(long[] Shape, byte[] Bytes)> Parameters => _tensors.Where(tensor => !tensor.Key.StartsWith("input.", StringComparison.Ordinal)).Select(tensor => tensor.Value);

    /// <summary>The probabilities of the classes for one example: standardise, then layers with ReLU between, then softmax.</summary>
    public double[] Predict(double[] example)
    {
        float[] mean = Values("input.mean"), deviation = Values("input.deviation");
        double[] x = [.. example.Select((value, i) => (value - mean[i % mean.Length]) / (deviation[i % deviation.Length] == 0 ? 1 : deviation[i % deviation.Length]))];
        for (int layer = 0; _tensors.ContainsKey($"{layer}.weight"); layer += 2)
        {
            if (layer > 0)
                x = [.. x.Select(value => Math.Max(value, 0))];
            float[] weight = Values($"{layer}.weight"), bias = Values($"{layer}.bias");
            double[] inputs = x;
            x = [.. bias.Select((start, row) => start + inputs.Select((value, column) => value * weight[row * inputs.Length + column]).Sum())];
        }
        double[] powers = [.. x.Select(value => Math.Exp(value - x.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private float[] Values(string name) => MemoryMarshal.Cast<byte, float>(_tensors[name].Bytes).ToArray();
}
