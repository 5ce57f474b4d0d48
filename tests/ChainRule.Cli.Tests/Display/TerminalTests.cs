using System.Text.RegularExpressions;

namespace ChainRule.Cli.Tests.Display;

/// <summary>What a person sees: the tool inside a pseudo terminal.</summary>
public sealed partial class TerminalTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_terminal_gets_a_bar_in_colour()
    {
        string seen = Seen(100, "");
        Assert.Contains("━", seen, StringComparison.Ordinal);
        Assert.Contains("samples/s", seen, StringComparison.Ordinal);
        Assert.Matches(Colour(), seen);
        // The cursor is hidden while lines are redrawn, and must be back at the end.
        Assert.True(seen.LastIndexOf("\e[?25h", StringComparison.Ordinal) > seen.LastIndexOf("\e[?25l", StringComparison.Ordinal));
    }

    [Fact]
    public void NO_COLOR_is_respected() => Assert.DoesNotMatch(Colour(), Seen(100, "NO_COLOR=1 "));

    [Theory]
    [InlineData(40)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(80)]
    public void Labels_and_figures_stay_whole_in_a_terminal_of_any_width(int columns)
    {
        string seen = Escape().Replace(Seen(columns, ""), "").Replace('\r', '\n');
        foreach (string label in new[] { "epoch", "train", "test", "speed" })
            Assert.Contains(label, seen, StringComparison.Ordinal);
        Assert.Contains("5 of 5", seen, StringComparison.Ordinal);
        string[] live = [.. seen.Split('\n').Where(line => line.Contains("loss ", StringComparison.Ordinal) || line.Contains(" of 5 ", StringComparison.Ordinal) || line.Contains("speed", StringComparison.Ordinal))];
        Assert.True(live.Length >= 4);
        Assert.All(live, line => Assert.True(line.TrimEnd().Length <= columns, line));
        Assert.All(live.Where(line => line.Contains("loss ", StringComparison.Ordinal)), line => Assert.Contains('%', line));
    }

    private string Seen(int columns, string environment)
    {
        ToolResult result = _tool.RunShell($"TERM=xterm-256color script -qec \"stty cols {columns} rows 40; {environment}$chainrule train --data xor --epochs 5 --output out\" /dev/null </dev/null");
        return result.MustSucceed().Output;
    }

    // Bold is no colour.
    [GeneratedRegex(@"\e\[([0-9;]*;)?(3|4|9|10)[0-9;]+m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escape();
}
