using System.Text.Json;

namespace ChainRule.Cli.Tests.Runs;

/// <summary><c>chainrule step</c> as users run it.</summary>
public sealed class StepTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Without_a_terminal_every_event_is_a_line()
    {
        string[] lines = _tool.Run("step").MustSucceed().Output.TrimEnd().Split('\n');
        Assert.Equal(Enumerable.Range(1, lines.Length), lines.Select(line => int.Parse(line.Trim().Split(' ')[0])));
        Assert.All(new[] { "forward", "seed", "backward", "keep", "update" }, kind => Assert.Contains(lines, line => line.Contains($"  {kind} ", StringComparison.Ordinal)));
        // Both layers have a weight and a bias, and each is updated once, at the end.
        Assert.Equal(4, lines.Count(line => line.Contains("  update ", StringComparison.Ordinal)));
        Assert.All(lines[^4..], line => Assert.Contains("m(", line, StringComparison.Ordinal));
    }

    [Fact]
    public void As_JSON_each_event_names_the_tensors_that_it_changes()
    {
        using var json = JsonDocument.Parse(_tool.Run("step xor --format json --optimizer momentum --after 2").MustSucceed().Output);
        JsonElement root = json.RootElement;
        int tensors = root.GetProperty("tensors").GetArrayLength(), number = 0;
        foreach (JsonElement happened in root.GetProperty("events").EnumerateArray())
        {
            Assert.Equal(++number, happened.GetProperty("number").GetInt32());
            Assert.All(happened.GetProperty("changes").EnumerateArray(), change => Assert.InRange(change.GetInt32(), 0, tensors - 1));
            Assert.Contains(
                root.GetProperty("tensors")[happened.GetProperty("changes")[0].GetInt32()].GetProperty("versions").EnumerateArray(),
                version => version.GetProperty("event").GetInt32() == number);
        }
        Assert.Contains(root.GetProperty("tensors").EnumerateArray(), tensor => tensor.GetProperty("name").GetString() == "momentum(0.weight)");
    }

    [Fact]
    public void A_page_needs_nothing_else()
    {
        _tool.Run("step --output step.html").MustSucceed();
        string page = File.ReadAllText(Path.Combine(_tool.Folder.Path, "step.html"));
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_model_steps_on_an_example_that_is_said_to_be_invented()
    {
        _tool.Run("train --data xor --epochs 1 --quiet --output run").MustSucceed();
        Assert.StartsWith("The example is invented", _tool.Run("step run --format text").MustSucceed().Output, StringComparison.Ordinal);
        Assert.Contains("example is invented", _tool.Run("step run --format json").MustSucceed().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("invented", _tool.Run("step xor --format text").MustSucceed().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step --format yaml", "--format")]
    [InlineData("step --output step.pdf", "--output")]
    [InlineData("step --output nowhere/step.html", "nowhere")]
    [InlineData("step --optimizer adum", "adam")]
    [InlineData("step --after -1", "--after")]
    [InlineData("step nothing.safetensors", "nothing.safetensors")]
    [InlineData("step .", "model.safetensors")]
    [InlineData("step nosuch", "Give xor, the folder of a run, or the model.safetensors in it")]
    public void Misuse_is_named_in_one_line(string arguments, string word)
    {
        ToolResult result = _tool.Run(arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(word, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }
}
