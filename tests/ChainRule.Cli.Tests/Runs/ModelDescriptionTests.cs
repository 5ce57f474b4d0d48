using System.Text.Json;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Tests.Runs;

public sealed class ModelDescriptionTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var description = new ModelDescription("so \"named\"", [2, 3], [6, 4, 2], "tanh", ["<a>", "é]"]);
        ModelDescription read = ModelDescription.Parse(description.ToJson());
        Assert.Equal((description.Data, description.InputShape, description.Activation), (read.Data, read.InputShape, read.Activation));
        Assert.Equal(description.Sizes, read.Sizes);
        Assert.Equal(description.Classes, read.Classes);
    }

    [Theory]
    [InlineData("[]", "no object")]
    [InlineData("{}", "\"format\" is missing")]
    [InlineData("{\"format\":2}", "format is 2")]
    [InlineData("{\"format\":\"1\"}", "no size")]
    [InlineData("{\"format\":1}", "\"inputShape\" is missing")]
    [InlineData("{\"format\":1,\"inputShape\":2}", "\"inputShape\" is no list")]
    public void Another_kind_of_object_is_refused(string json, string problem) => Refused(json, problem);

    [Theory]
    [InlineData("[2]", "[2,2]", "\"relu\"", "[\"a\"]", "1 classes do not fit")]
    [InlineData("[3]", "[2,2]", "\"relu\"", "[\"a\",\"b\"]", "do not fit a first layer of 2")]
    [InlineData("[]", "[1,2]", "\"relu\"", "[\"a\",\"b\"]", "no network")]
    [InlineData("[2]", "[2]", "\"relu\"", "[\"a\",\"b\"]", "no network")]
    [InlineData("[2]", "[2,0,2]", "\"relu\"", "[\"a\",\"b\"]", "no network")]
    [InlineData("[2]", "[2,-1,2]", "\"relu\"", "[\"a\",\"b\"]", "-1 is no size")]
    [InlineData("[2]", "[2,9999999999,2]", "\"relu\"", "[\"a\",\"b\"]", "9999999999 is no size")]
    [InlineData("[2]", "[2,2.5,2]", "\"relu\"", "[\"a\",\"b\"]", "2.5 is no size")]
    [InlineData("[2]", "[2,2]", "\"gelu\"", "[\"a\",\"b\"]", "\"gelu\" is unknown")]
    [InlineData("[2]", "[2,2]", "7", "[\"a\",\"b\"]", "7 is no text")]
    [InlineData("[2]", "[2,2]", "\"relu\"", "[\"a\",1]", "1 is no text")]
    public void Parts_that_do_not_fit_are_refused(string shape, string sizes, string activation, string classes, string problem) =>
        Refused($$"""{"format":1,"data":"d","inputShape":{{shape}},"sizes":{{sizes}},"activation":{{activation}},"classes":{{classes}}}""", problem);

    private static void Refused(string json, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<JsonException>(() => ModelDescription.Parse(json)).Message, StringComparison.Ordinal);
}
