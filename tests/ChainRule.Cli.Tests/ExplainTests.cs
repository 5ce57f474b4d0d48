using System.Text.Json;

namespace ChainRule.Cli.Tests;

public sealed class ExplainTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void The_derivative_is_printed()
    {
        ToolResult result = _tool.RunWith(["explain", "(2*x+1)^3", "--at", "x=2"]).MustSucceed();
        Assert.Equal("", result.Error);
        Assert.Contains("∂L/∂x = 150", result.Output, StringComparison.Ordinal);
        Assert.Contains("Four witnesses", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_is_all_ascii() =>
        Assert.All(_tool.RunWith(["explain", "sin(pi*x)*sum(W'@v)", "--at", "x=2", "W=[[1,2],[3,4]]", "v=[1,2]", "--ascii"]).MustSucceed().Output, letter => Assert.True(letter < 128, $"U+{(int)letter:X4}"));

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    [InlineData("html")]
    [InlineData("svg")]
    [InlineData("json")]
    public void Greek_letters_are_spelled_in_every_format(string format)
    {
        string output = _tool.RunWith(["explain", "α*σ*(x)+pi*β", "--at", "α=2", "x=1", "β=3", "σ=2", "--order", "2", "--ascii", "--format", format]).MustSucceed().Output;
        Assert.All(output, letter => Assert.True(letter < 128, $"U+{(int)letter:X4}"));
    }

    [Fact]
    public void A_fault_in_plain_text_is_pointed_at_below_its_letter()
    {
        ToolResult result = _tool.RunWith(["explain", "αβ + snh(x)", "--at", "αβ=2", "x=1", "--ascii"]);
        string[] lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.All(result.Error, letter => Assert.True(letter < 128));
        Assert.Equal(lines[1].IndexOf("snh", StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Second_derivatives_are_printed_if_asked_for()
    {
        string output = _tool.RunWith(["explain", "(2*x+1)^3", "--at", "x=2", "--order", "2"]).MustSucceed().Output;
        Assert.Contains("∂²L/∂x² = 24·(2·x + 1)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("∂²", _tool.RunWith(["explain", "(2*x+1)^3", "--at", "x=2"]).MustSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_printed_or_written()
    {
        string printed = _tool.RunWith(["explain", "x*y", "--at", "x=2", "y=5", "--order", "2", "--json"]).MustSucceed().Output;
        using (var json = JsonDocument.Parse(printed))
        {
            Assert.Equal([5.0, 2], json.RootElement.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("reverse").GetDouble()));
            Assert.Equal([0.0, 1, 0], json.RootElement.GetProperty("second").GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("symbolic").GetDouble()));
        }
        _tool.RunWith(["explain", "x*y", "--at", "x=2", "y=5", "--order", "2", "--output", "e.json"]).MustSucceed();
        Assert.Equal(printed, File.ReadAllText(Path.Combine(_tool.Folder.Path, "e.json")));
    }

    [Theory]
    [InlineData("e.md", "# The chain rule")]
    [InlineData("e.html", "<!DOCTYPE html>")]
    [InlineData("e.txt", "Forward")]
    [InlineData("e.svg", "<svg")]
    public void The_ending_of_the_file_decides(string file, string start)
    {
        _tool.RunWith(["explain", "sigmoid(w.x+b)", "--at", "w=[0.5,-0.2]", "x=[1,2]", "b=-0.1", "--output", file]).MustSucceed();
        Assert.Contains(start, File.ReadAllText(Path.Combine(_tool.Folder.Path, file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no function snh", "      ^", "1 + snh(x)", "--at", "x=2")]
    [InlineData("x at column 1 has no value", "  ^", "x + 1")]
    [InlineData("above 0", "  ^", "log(x)", "--at", "x=-1")]
    [InlineData("not a number", "    ^", "x", "--at", "x=two")]
    [InlineData("x is given two values", "  ^", "x", "--at", "x=1", "x=2")]
    public void A_fault_in_the_expression_is_pointed_at_and_is_misuse(string part, string caret, params string[] arguments)
    {
        ToolResult result = _tool.RunWith(["explain", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        string[] lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("error: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(part, lines[0], StringComparison.Ordinal);
        Assert.Equal(caret, lines[2].TrimEnd('\r'));
    }

    [Theory]
    [InlineData("explain", "EXPRESSION")]
    [InlineData("explain x --at x=1 --format pdf", "text, markdown, html, svg, json")]
    [InlineData("explain x --at x=1 --order 3", "neither 1 nor 2")]
    [InlineData("explain x --at x=1 --order two", "--order")]
    [InlineData("explain x --at x=1 --json --format html", "contradict")]
    [InlineData("explain x --at x=1 --output e.pdf", "must end in")]
    [InlineData("explain x --at x=1 --fromat html", "there is no option --fromat; did you mean --format?")]
    [InlineData("explain x --at x=1 --zzzzzzzz", "there is no option --zzzzzzzz.")]
    [InlineData("explain x --at x=1 --output no/such/e.md", "does not exist")]
    public void Misuse_is_said_in_one_line(string arguments, string part)
    {
        ToolResult result = _tool.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(part, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_cannot_be_written_is_a_failure()
    {
        Directory.CreateDirectory(Path.Combine(_tool.Folder.Path, "taken.md"));
        Assert.Equal(1, _tool.Run("explain x --at x=1 --output taken.md").ExitCode);
    }
}
