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

    [Fact]
    public void A_trained_model_steps_on_a_row_of_its_data_or_of_a_table()
    {
        // The loss of the first forward pass is that of the example: it must be the one that the table's numbers give.
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        _tool.Run("train --data kinds.csv --layers 3 --epochs 4 --seed 5 --quiet --output run").MustSucceed();
        string own = _tool.Run("step run --row 2 --format text").MustSucceed().Output;
        Assert.StartsWith("The example is row 2 of the training part of kinds.csv, class ", own, StringComparison.Ordinal);
        Assert.NotEqual(After(own), After(_tool.Run("step run --row 3 --format text").MustSucceed().Output));
        string table = _tool.Run("step run --example kinds.csv --row 4 --format text").MustSucceed().Output;
        Assert.StartsWith("The example is row 4 of kinds.csv, class long.", table, StringComparison.Ordinal);
        // The same numbers from a table of one row, with its columns' names.
        _tool.Folder.Write("one.csv", string.Join('\n', Tables.Separable().Split('\n') is var lines ? [lines[0], lines[4]] : []) + "\n");
        Assert.Equal(After(table), After(_tool.Run("step run/model.safetensors --example one.csv --format text").MustSucceed().Output));
        Assert.Contains("row 2 of the training part", _tool.Run("step run --row 2 --format json").MustSucceed().Error, StringComparison.Ordinal);

        static string After(string output) => output[output.IndexOf('\n', StringComparison.Ordinal)..];
    }

    [Fact]
    public void A_row_of_the_run_is_one_that_it_has_learned_from()
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        _tool.Run("train --data kinds.csv --layers 3 --epochs 1 --quiet --output run").MustSucceed();
        using (var config = JsonDocument.Parse(File.ReadAllText(_tool.Folder.File("run/config.json"))))
        {
            Assert.Equal(("kinds.csv", 1, 48), (config.RootElement.GetProperty("data").GetString(), config.RootElement.GetProperty("seed").GetInt64(), config.RootElement.GetProperty("examples").GetInt64()));
        }
        _tool.Run("step run --row 48 --format text").MustSucceed();
        MustBeMisuse("step run --row 49", "there is no row 49");
        MustBeMisuse("step run --example kinds.csv --row 61", "there is no row 61");
        MustBeMisuse("step run --example nosuch.csv", "nosuch.csv");
        MustBeMisuse("step run --example .", "is a folder");
        MustBeMisuse("step xor --row 1", "its own four examples");
        _tool.Folder.Write("wide.csv", "1,2,3,short\n4,5,6,long\n");
        MustBeMisuse("step run --example wide.csv", "has 3 numbers, and the model takes 2");
        _tool.Folder.Write("other.csv", "1,2,huge\n4,5,long\n");
        MustBeMisuse("step run --example other.csv", "\"huge\"");
        File.AppendAllText(_tool.Folder.File("kinds.csv"), "1,2,short\n1,3,long\n1,4,short\n1,4,long\n1,3,short\n");
        MustBeMisuse("step run --row 1", "has changed since the run");
        _tool.Folder.Write("run/config.json", "{\"data\": 3}");
        MustBeMisuse("step run --row 1", "is not what a run has written");
        File.Delete(_tool.Folder.File("run/config.json"));
        MustBeMisuse("step run --row 1", "--example FILE.csv");
    }

    private void MustBeMisuse(string arguments, string part)
    {
        ToolResult result = _tool.Run(arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(part, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
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
