namespace ChainRule.Cli.Tests.Runs;

/// <summary>The gradient check of a network.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Xor_passes_with_every_parameter()
    {
        ToolResult result = _tool.Run("check xor").MustSucceed();
        // 2-8-2: two weights and two biases.
        Assert.Equal(4, result.Lines.Count(line => line.EndsWith("PASS", StringComparison.Ordinal)));
        Assert.Contains("16/16", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_passes()
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        _tool.Run("train --data kinds.csv --layers 9,7 --epochs 2 --quiet --output out").MustSucceed();
        ToolResult result = _tool.Run("check out/model.safetensors").MustSucceed();
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"], result.Lines.Where(line => line.EndsWith("PASS", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void A_model_whose_gradients_are_no_numbers_fails()
    {
        using var folder = new TemporaryFolder();
        Nn.Sequential network = ChainRule.Cli.Runs.Network.Create([2, 2], "relu", new RandomKey(1));
        using (new NoGrad())
            network.Parameters()[0].CopyFrom(Tensor.Full([2, 2], float.NaN));
        var description = new ChainRule.Cli.Runs.ModelDescription("t", [2], [2, 2], "relu", ["a", "b"]);
        new ChainRule.Cli.Runs.SavedModel(network, new Data.Standardization(Tensor.Zeros([1]), Tensor.Ones([1])), description).Save(_tool.Folder.File("bad.safetensors"));
        ToolResult result = _tool.Run("check bad.safetensors");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAIL", result.Output, StringComparison.Ordinal);
    }
}
