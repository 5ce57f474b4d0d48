using System.Text.Json;
using ChainRule.Inspect;

namespace ChainRule.Cli.Output;

/// <summary>What the doctor found, for programs: an array named findings, the likeliest first, empty if nothing was found.</summary>
internal static class FindingsJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("title", finding.Title);
            json.WriteString("severity", finding.Severity == FindingSeverity.Critical ? "critical" : "warning");
            json.WriteString("layer", finding.Layer);
            json.WriteNumber("sinceStep", finding.SinceStep);
            json.WriteString("evidence", finding.Evidence);
            json.WriteString("cause", finding.Cause);
            json.WriteString("cure", finding.Cure);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
