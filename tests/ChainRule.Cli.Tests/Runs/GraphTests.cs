using System.Text.Json;
using System.Xml.Linq;

namespace ChainRule.Cli.Tests.Runs;

/// <summary>The graph of a trained network, from a run's folder.</summary>
public sealed class GraphTests : IDisposable
{
    private readonly Tool _tool = new();

    public GraphTests() => _tool.Run("train --data xor --epochs 2 --output run --quiet").MustSucceed();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Without_a_file_a_table_is_printed()
    {
        string table = _tool.Run("graph run").MustSucceed().Output;
        Assert.All(["input (input)", "0: Linear(2, ", "0.weight (parameter)", "gradient"], part => Assert.Contains(part, table, StringComparison.Ordinal));
        Assert.Equal(table, _tool.Run("graph run/model.safetensors").MustSucceed().Output);
    }

    [Fact]
    public void A_file_is_written_by_its_ending()
    {
        Assert.StartsWith("graph.json: ", _tool.Run("graph run --output graph.json").MustSucceed().Output, StringComparison.Ordinal);
        JsonElement nodes = JsonDocument.Parse(File.ReadAllText(_tool.Folder.File("graph.json"))).RootElement.GetProperty("nodes");
        Assert.All(nodes.EnumerateArray().Where(node => node.GetProperty("kind").GetString() == "parameter"), node => Assert.Equal(JsonValueKind.Object, node.GetProperty("gradient").ValueKind));
        _tool.Run("graph run --depth 1 --fold --output graph.svg").MustSucceed();
        Assert.Equal("svg", XDocument.Load(_tool.Folder.File("graph.svg")).Root!.Name.LocalName);
        _tool.Run("graph run -o graph.html").MustSucceed();
        Assert.Equal(["graph.html", "graph.json", "graph.svg", "run"], _tool.Folder.Listing);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_a_failure_in_one_line() =>
        _tool.RunShell("$chainrule graph run --output /proc/graph.svg").MustRefuse(1, "/proc/graph.svg");
}
