using System.Text.Json;

namespace ChainRule.Cli.Tests;

/// <summary>How the tool ended, and what it said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The JSON object in the last line.</summary>
    public JsonElement Json => JsonDocument.Parse(Lines[^1]).RootElement;

    public string WeightsHash => Json.GetProperty("weightsHash").GetString()!;

    public double TestAccuracy => Json.GetProperty("testAccuracy").GetDouble();

    public ToolResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>One line that says what is wrong, nothing on standard output, and no stack trace.</summary>
    public void MustRefuse(int exitCode, params string[] parts)
    {
        Assert.Equal("", Output);
        MustEndWithError(exitCode, parts);
    }

    public void MustEndWithError(int exitCode, params string[] parts)
    {
        Assert.StartsWith("error: ", Error, StringComparison.Ordinal);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        foreach (string part in parts)
            Assert.Contains(part, Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, ExitCode);
    }
}
