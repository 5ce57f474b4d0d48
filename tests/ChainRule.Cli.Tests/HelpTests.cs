namespace ChainRule.Cli.Tests;

/// <summary>The help, and the examples in it: each line really runs.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("--help", "train", "predict", "check", "graph", "step", "learn", "explain", "130")]
    [InlineData("train --help", "--data", "--layers", "--epochs", "--batch", "--optimizer", "--learning-rate", "--seed", "--threads", "--output", "--quiet", "--json", "digits", "fashion-mnist", "xor")]
    [InlineData("predict --help", "MODEL", "FILE", "--json")]
    [InlineData("check --help", "MODEL", "xor")]
    [InlineData("graph --help", "RUN", "--output", "--depth", "--fold", ".svg, .html, .dot, .mmd, .json, .txt")]
    [InlineData("step --help", "MODEL", "xor", "--example", "--row", "--output", "--format", "--optimizer", "--learning-rate", "--after", ".html, .json, .txt")]
    [InlineData("explain --help", "EXPRESSION", "--at", "--order", "--format", "--json", "--output", "--ascii", "text, markdown, html, svg, json")]
    [InlineData("train -h", "--epochs")]
    public void Help_names_what_there_is(string arguments, params string[] words)
    {
        ToolResult result = _tool.Run(arguments).MustSucceed();
        Assert.Equal("", result.Error);
        Assert.All(words, word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
        Assert.All(result.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void The_version_is_a_number() => Assert.Matches(@"^\d+\.\d+\.\d+", _tool.Run("--version").MustSucceed().Output);

    [Fact]
    public void Every_example_runs()
    {
        _tool.Folder.Write("iris.csv", Tables.Separable("setosa", "virginica"));
        string[] examples = [.. new[] { "", "train", "predict", "check", "graph", "step", "explain" }.SelectMany(ExamplesOf)];
        // Thirty megabytes of pictures are not for a unit test.
        string[] run = [.. examples.Where(example => !example.Contains("fashion-mnist", StringComparison.Ordinal))];
        Assert.Equal((28, 26), (examples.Length, run.Length));
        foreach (string example in run)
        {
            bool isSlow = example.Contains(" train", StringComparison.Ordinal) && !example.Contains("--epochs", StringComparison.Ordinal);
            ToolResult result = _tool.RunShell("$" + example + (isSlow ? " --epochs 2" : ""));
            Assert.True(result.ExitCode == 0, $"{example}\n{result.Error}");
        }
    }

    // What is said about a line stands after a wide gap.
    private IEnumerable<string> ExamplesOf(string command)
    {
        string help = _tool.Run($"{command} --help").MustSucceed().Output;
        return help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n')
            .Select(line => line.Trim()).Where(line => line.StartsWith("chainrule ", StringComparison.Ordinal)).Select(line => line.Split("   ")[0]);
    }
}
