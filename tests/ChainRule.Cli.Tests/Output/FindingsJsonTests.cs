using System.Text.Json;
using ChainRule.Cli.Output;
using ChainRule.Inspect;

namespace ChainRule.Cli.Tests.Output;

public sealed class FindingsJsonTests
{
    [Fact]
    public void Each_finding_is_an_object_in_the_order_of_the_doctor()
    {
        Finding[] findings =
        [
            new(FindingKind.DeadUnits, FindingSeverity.Critical, "0", 7, "3 of 4 units \"never\" answer", "why", "cure"),
            new(FindingKind.LearningRateTooLow, FindingSeverity.Warning, "", 50, "seen", "too small", "multiply"),
        ];
        JsonElement json = JsonDocument.Parse(JsonLine.Of(writer => FindingsJson.Write(writer, findings))).RootElement.GetProperty("findings");
        Assert.Equal(2, json.GetArrayLength());
        Assert.Equal(["title", "severity", "layer", "sinceStep", "evidence", "cause", "cure"], json[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(("dead units", "critical", "0", 7), (json[0].GetProperty("title").GetString(), json[0].GetProperty("severity").GetString(), json[0].GetProperty("layer").GetString(), json[0].GetProperty("sinceStep").GetInt64()));
        Assert.Equal("3 of 4 units \"never\" answer", json[0].GetProperty("evidence").GetString());
        Assert.Equal(("learning rate too low", "warning", "too small", "multiply"), (json[1].GetProperty("title").GetString(), json[1].GetProperty("severity").GetString(), json[1].GetProperty("cause").GetString(), json[1].GetProperty("cure").GetString()));
    }

    [Fact]
    public void Without_findings_the_array_is_there_and_empty() =>
        Assert.Equal("""{"findings":[]}""", JsonLine.Of(writer => FindingsJson.Write(writer, [])));
}
