using ChainRule.Cli.Runs;
using ChainRule.Data;
using ChainRule.Formats;
using ChainRule.Nn;

namespace ChainRule.Cli.Tests.Runs;

/// <summary>A model file that is cut, lies or is someone else's is refused, and costs no memory.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_is_loaded_again_bit_for_bit()
    {
        (string path, Sequential network) = Save();
        SavedModel loaded = SavedModel.Load(path);
        Assert.Equal(
            network.NamedParameters().Select(parameter => (parameter.Name, string.Join(' ', parameter.Value.ToArray<float>()))),
            loaded.Network.NamedParameters().Select(parameter => (parameter.Name, string.Join(' ', parameter.Value.ToArray<float>()))));
        Assert.Equal([0.5f, -0.5f], loaded.Standardization.Mean.ToArray<float>());
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Save().Path);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<UserErrorException>(() => SavedModel.Load(_folder.Write("cut.safetensors", whole.AsSpan(0, length))));
    }

    [Fact]
    public void Sizes_that_are_not_in_the_file_cost_no_memory()
    {
        (string path, _) = Save(sizes: [2, 60_000, 60_000, 2]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("0.weight", Refused(path), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Another_programs_file_is_refused()
    {
        string path = _folder.File("other.safetensors");
        Safetensors.Save(path, [("0.weight", Tensor.Ones([2, 2]))]);
        Assert.Contains("no description of the network", Refused(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.bias")]
    [InlineData("0.weight")]
    [InlineData("input.mean")]
    [InlineData("input.deviation")]
    public void A_missing_or_misshapen_tensor_is_named(string name)
    {
        Assert.Contains($"the tensor {name} is missing", Refused(Save(change: (tensor, _) => tensor == name ? null : Unchanged).Path), StringComparison.Ordinal);
        Assert.Contains(name, Refused(Save(change: (tensor, _) => tensor == name ? Tensor.Ones([7]) : Unchanged).Path), StringComparison.Ordinal);
        Assert.Contains(name, Refused(Save(change: (tensor, value) => tensor == name ? Tensor.Zeros(value.Shape, dtype: DType.Int64) : Unchanged).Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_that_is_no_json_is_refused()
    {
        string path = _folder.File("words.safetensors");
        Safetensors.Save(path, [("0.weight", Tensor.Ones([2, 2]))], new Dictionary<string, string> { ["chainrule"] = "not json" });
        Assert.Contains("its description is wrong", Refused(path), StringComparison.Ordinal);
    }

    private static readonly Tensor Unchanged = Tensor.Zeros([0]);

    private (string Path, Sequential Network) Save(int[]? sizes = null, Func<string, Tensor, Tensor?>? change = null)
    {
        Sequential network = Network.Create([2, 3, 2], "relu", new RandomKey(1));
        Tensor mean = new float[] { 0.5f, -0.5f }, deviation = new float[] { 1, 2 };
        string path = _folder.File("model.safetensors");
        var description = new ModelDescription("t", [2], sizes ?? [2, 3, 2], "relu", ["a", "b"]);
        if (sizes is null && change is null)
        {
            new SavedModel(network, new Standardization(mean, deviation), description).Save(path);
            return (path, network);
        }
        var tensors = new List<(string, Tensor)>();
        foreach ((string name, Tensor value) in network.NamedParameters().Append(("input.mean", mean)).Append(("input.deviation", deviation)))
        {
            Tensor? changed = change is null ? value : change(name, value);
            if (changed is not null)
                tensors.Add((name, ReferenceEquals(changed, Unchanged) ? value : changed));
        }
        Safetensors.Save(path, tensors, new Dictionary<string, string> { ["chainrule"] = description.ToJson() });
        return (path, network);
    }

    private static string Refused(string path)
    {
        string message = Assert.Throws<UserErrorException>(() => SavedModel.Load(path)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
