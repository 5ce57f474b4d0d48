using System.Text.Json;
using ChainRule.Data;
using ChainRule.Formats;
using ChainRule.Nn;

namespace ChainRule.Cli.Runs;

/// <summary>
/// A trained network with all that it takes to use it: the parameters under their PyTorch names (0.weight, 0.bias, 2.weight, ...),
/// what standardises inputs (input.mean, input.deviation), and a description (JSON) under "chainrule" in the file's metadata.
/// </summary>
internal sealed record SavedModel(Sequential Network, Standardization Standardization, ModelDescription Description)
{
    private const string MetadataKey = "chainrule", MeanName = "input.mean", DeviationName = "input.deviation";

    public void Save(string path) => Safetensors.Save(
        path,
        [.. Network.NamedParameters(), (MeanName, Standardization.Mean), (DeviationName, Standardization.Deviation)],
        new Dictionary<string, string> { [MetadataKey] = Description.ToJson() });

    /// <summary>Reads a model; what is in the file is believed only as far as its parts agree.</summary>
    /// <exception cref="UserErrorException">The file is not there, or no such model.</exception>
    public static SavedModel Load(string path)
    {
        SafetensorsFile file;
        try
        {
            file = Safetensors.Load(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(Directory.Exists(path) ? $"{path} is a folder; name the model.safetensors in it." : error.Message);
        }
        if (!file.Metadata.TryGetValue(MetadataKey, out string? json))
            throw NotOurs(path, "it has no description of the network");
        ModelDescription description;
        try
        {
            description = ModelDescription.Parse(json);
        }
        catch (Exception error) when (error is JsonException or ShapeException or OverflowException)
        {
            throw NotOurs(path, $"its description is wrong: {error.Message}");
        }
        return Assemble(path, file, description);
    }

    private static SavedModel Assemble(string path, SafetensorsFile file, ModelDescription description)
    {
        int[] sizes = description.Sizes;
        // All shapes are compared before a network is made, so that sizes that are not in the file cost no memory.
        for (int i = 1; i < sizes.Length; i++)
        {
            Require(path, file, $"{2 * (i - 1)}.weight", [sizes[i], sizes[i - 1]]);
            Require(path, file, $"{2 * (i - 1)}.bias", [sizes[i]]);
        }
        Sequential network = Runs.Network.Create(sizes, description.Activation, new RandomKey(0));
        using (new NoGrad())
        {
            foreach ((string name, Tensor parameter) in network.NamedParameters())
                parameter.CopyFrom(file.Tensors[name]);
        }
        Tensor mean = RequireAny(path, file, MeanName, sizes[0]), deviation = RequireAny(path, file, DeviationName, sizes[0]);
        if (mean.Shape != deviation.Shape)
            throw NotOurs(path, $"{MeanName} has shape {mean.Shape}, {DeviationName} {deviation.Shape}");
        return new SavedModel(network, new Standardization(mean, deviation), description);
    }

    private static void Require(string path, SafetensorsFile file, string name, Shape shape)
    {
        if (!file.Tensors.TryGetValue(name, out Tensor? tensor))
            throw NotOurs(path, $"the tensor {name} is missing");
        if (tensor.Shape != shape || !tensor.DType.IsFloating())
            throw NotOurs(path, $"the tensor {name} is {tensor.DType} of shape {tensor.Shape}, not floating of shape {shape}");
    }

    private static Tensor RequireAny(string path, SafetensorsFile file, string name, int features)
    {
        if (file.Tensors.TryGetValue(name, out Tensor? tensor) && tensor.Shape == [1])
            return tensor.To(DType.Float32);
        Require(path, file, name, [features]);
        return file.Tensors[name].To(DType.Float32);
    }

    private static UserErrorException NotOurs(string path, string why) => new($"{path} is not a model that chainrule train has written: {why}.");
}
