using System.Text;
using System.Text.Json;
using ChainRule.Cli.Output;

namespace ChainRule.Cli.Tests.Output;

public sealed class MetricsFileTests
{
    [Fact]
    public void Each_epoch_is_a_line_of_json_also_where_a_loss_is_no_number()
    {
        string text = Encoding.UTF8.GetString(MetricsFile.Of(SampleRun.Of()));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        JsonElement[] epochs = [.. text.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(3, epochs.Length);
        Assert.Equal(["epoch", "steps", "seconds", "trainLoss", "trainAccuracy", "testLoss", "testAccuracy"], epochs[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal([JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Number], epochs.Select(epoch => epoch.GetProperty("testLoss").ValueKind));
        Assert.Equal((2, 4, 1.0, 0.5), (epochs[1].GetProperty("epoch").GetInt32(), epochs[1].GetProperty("steps").GetInt32(), epochs[1].GetProperty("seconds").GetDouble(), epochs[1].GetProperty("trainLoss").GetDouble()));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_json_cannot_hold_is_null(double value) => Assert.Equal("{\"x\":null}", JsonLine.Of(json => JsonLine.WriteFinite(json, "x", value)));
}
