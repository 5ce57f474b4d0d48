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
        MustBeMisuse("step run --row 49", "there is no row 49 in the training part of kinds.csv, which has 48 rows; for row 49 of the file itself add --example kinds.csv.");
        MustBeMisuse("step run --example kinds.csv --row 61", "there is no row 61");
        MustBeMisuse("step run --example nosuch.csv", "--example: there is no file \"nosuch.csv\".");
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

    [Fact]
    public void A_row_of_data_whose_numbers_have_changed_is_refused()
    {
        string table = Tables.Separable();
        _tool.Folder.Write("kinds.csv", table);
        _tool.Run("train --data kinds.csv --layers 3 --epochs 1 --quiet --output run").MustSucceed();
        string before = _tool.Run("step run --row 2 --format text").MustSucceed().Output;
        // As many examples of the same classes, every number ten times as large: only the numbers tell.
        string[] lines = table.TrimEnd().Split('\n');
        _tool.Folder.Write("kinds.csv", string.Join('\n', [lines[0], .. lines[1..].Select(line => string.Join(',', line.Split(',').Select((field, i) => i < 2 ? $"{field}e1" : field)))]) + "\n");
        MustBeMisuse("step run --row 2", "have changed since the run");
        _tool.Folder.Write("kinds.csv", table);
        Assert.Equal(before, _tool.Run("step run --row 2 --format text").MustSucceed().Output);
        File.Move(_tool.Folder.File("kinds.csv"), _tool.Folder.File("moved.csv"));
        MustBeMisuse("step run --row 2", "--row: the run of run/model.safetensors has learned from \"kinds.csv\"");
    }

    [Fact]
    public void A_run_without_a_recorded_hash_steps_on_its_row_and_says_so()
    {
        string table = Tables.Separable();
        _tool.Folder.Write("kinds.csv", table);
        _tool.Run("train --data kinds.csv --layers 3 --epochs 1 --quiet --output run").MustSucceed();
        string recorded = _tool.Run("step run --row 2 --format text").MustSucceed().Output;
        _tool.Folder.Write("run/config.json", "{\"data\": \"kinds.csv\", \"seed\": 1, \"examples\": 48}");
        string unproven = _tool.Run("step run --row 2 --format text").MustSucceed().Output;
        Assert.DoesNotContain("no hash", recorded, StringComparison.Ordinal);
        Assert.Contains("no hash of its data", unproven.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(recorded.Split('\n')[1..], unproven.Split('\n')[1..]);
        // The same row stays the same numbers for the model, whatever the other rows make of mean and deviation today.
        string row = Enumerable.Range(1, 60).Select(i => table.Split('\n')[i]).First(line =>
        {
            _tool.Folder.Write("one.csv", line + "\n");
            return _tool.Run("step run --example one.csv --format text").MustSucceed().Output.Split('\n').Skip(1).SequenceEqual(recorded.Split('\n').Skip(1));
        });
        _tool.Folder.Write("kinds.csv", string.Join('\n', table.Split('\n').Select((line, i) => i == 0 || line.Length == 0 || line == row ? line : "9" + line)));
        Assert.Equal(recorded.Split('\n')[1..], _tool.Run("step run --row 2 --format text").MustSucceed().Output.Split('\n')[1..]);
    }

    [Fact]
    public void Columns_of_a_table_are_matched_by_their_names()
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        _tool.Run("train --data kinds.csv --layers 3 --epochs 4 --quiet --output run").MustSucceed();
        _tool.Folder.Write("one.csv", "width,height,kind\n0.2,4.1,short\n");
        _tool.Folder.Write("turned.csv", "\"height\", width ,kind\n4.1,0.2,short\n");
        _tool.Folder.Write("bare.csv", "0.2,4.1,short\n");
        string step = Walk("one.csv");
        Assert.Equal(step, Walk("turned.csv"));
        Assert.Equal(step, Walk("bare.csv"));
        _tool.Folder.Write("strange.csv", "width,depth,kind\n0.2,4.1,short\n");
        MustBeMisuse("step run --example strange.csv", "the columns of strange.csv are width, depth, kind, and the model takes width, height, kind");
        _tool.Run("train --data xor --epochs 1 --quiet --output nameless").MustSucceed();
        _tool.Folder.Write("bits.csv", "a,b,class\n0,1,1\n");
        MustBeMisuse("step nameless --example bits.csv", "has recorded none to match them by");

        string Walk(string table) => _tool.Run($"step run --example {table} --format text").MustSucceed().Output is var text ? text[text.IndexOf('\n', StringComparison.Ordinal)..] : "";
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
    [InlineData("graph nope", "RUN: there is no \"nope\". Give the folder of a run, or the model.safetensors in it.")]
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
