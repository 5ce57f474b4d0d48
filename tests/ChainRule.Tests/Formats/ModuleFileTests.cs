using ChainRule.Formats;
using ChainRule.Nn;

namespace ChainRule.Tests.Formats;

public sealed class ModuleFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void What_was_saved_is_loaded_to_the_bit(DType dtype)
    {
        Sequential saved = Model(1), loaded = Model(2);
        saved.To(dtype);
        loaded.To(dtype);
        saved.Forward(Tensor.Normal([5, 3], new RandomKey(3), 1, 2, dtype)); // moves the running statistics
        saved.Save(File, new Dictionary<string, string> { ["epoch"] = "7" });
        Tensor[] leaves = [.. loaded.Parameters()];

        Assert.Equal("7", loaded.Load(File)["epoch"]);

        Assert.Equal(
            ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"],
            [.. loaded.NamedParameters().Select(found => found.Name), .. loaded.NamedBuffers().Select(found => found.Name)]);
        foreach (((string name, Tensor expected), (_, Tensor actual)) in saved.NamedParameters().Concat(saved.NamedBuffers()).Zip(loaded.NamedParameters().Concat(loaded.NamedBuffers())))
            Laws.Compare.SameBits(expected, actual, name);
        Assert.All(leaves.Zip(loaded.Parameters()), pair => Assert.Same(pair.First, pair.Second)); // an optimizer keeps them
        Assert.Equal(1, ((BatchNorm1d)loaded[1]).NumBatchesTracked!.Value.Item<long>());
    }

    [Fact]
    public void One_error_lists_all_that_does_not_fit_and_nothing_is_loaded()
    {
        Sequential model = Model(1);
        double[][] before = [.. model.NamedParameters().Concat(model.NamedBuffers()).Select(found => found.Value.ToArray<double>())];
        Safetensors.Save(File,
        [
            ("0.weight", Tensor.Ones([4, 2])), ("0.bias", Tensor.Ones([4])), ("1.weight", Tensor.Ones([4])), ("1.bias", Tensor.Ones([4])),
            ("1.running_mean", Tensor.Ones([4], DType.Float64)), ("1.num_batches_tracked", Tensor.Full([], 9, DType.Int64)), ("2.weight", Tensor.Ones([1])),
        ]);
        var mismatch = Assert.Throws<StateMismatchException>(() => model.Load(File));
        Assert.Equal(
        [
            "0.weight has shape [4, 2], but must have [4, 3]",
            "1.running_mean is float64, but must be float32",
            "1.running_var is missing",
            "2.weight is unexpected",
        ], mismatch.Problems);
        Assert.All(mismatch.Problems, problem => Assert.Contains(problem, mismatch.Message, StringComparison.Ordinal));
        Assert.Contains(File, mismatch.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.NamedParameters().Concat(model.NamedBuffers()).Select(found => found.Value.ToArray<double>()));
    }

    [Fact]
    public void Half_floats_are_widened()
    {
        // A safetensors file by hand: the header's length, the header, two halves, 1 and -2.
        byte[] header = "{\"bias\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},\"weight\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[4,8]}}"u8.ToArray();
        _folder.Write("model.safetensors", [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header, 0x00, 0x3C, 0x00, 0xC0, 0x00, 0xC0, 0x00, 0x3C]);
        var layer = new Linear(1, 2);
        layer.Load(File);
        Assert.Equal([1f, -2], layer.Bias!.Value.ToArray<float>());
        Assert.Equal([-2f, 1], layer.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void A_file_that_is_broken_or_not_there_says_so()
    {
        Assert.Throws<FileNotFoundException>(() => Model(1).Load(File));
        _folder.Write("model.safetensors", [1, 2, 3]);
        Assert.Throws<FileFormatException>(() => Model(1).Load(File));
        Assert.Throws<ArgumentNullException>(() => ((Module)null!).Load(File));
        Assert.Throws<ArgumentNullException>(() => ((Module)null!).Save(File));
    }

    private string File => _folder.File("model.safetensors");

    private static Sequential Model(long seed) => new(new Linear(3, 4, new RandomKey(seed)), new BatchNorm1d(4));
}
