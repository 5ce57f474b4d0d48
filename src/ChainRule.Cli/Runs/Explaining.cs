using System.Text;
using ChainRule.Cli.Display;
using ChainRule.Explain;
using ChainRule.Formats;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule explain</c>.</summary>
internal static class Explaining
{
    private const string Text = "text", Markdown = "markdown", Html = "html", Svg = "svg";

    private static readonly Dictionary<string, string> _byEnding = new(StringComparer.OrdinalIgnoreCase) { [".txt"] = Text, [".md"] = Markdown, [".markdown"] = Markdown, [".html"] = Html, [".htm"] = Html, [".svg"] = Svg };

    public static IReadOnlyList<string> Formats { get; } = [Text, Markdown, Html, Svg];

    public static int Write(string expression, string[] at, string? format, string? output, bool isPlain)
    {
        if (output is not null && Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"--output: the folder {folder} does not exist.");
        format ??= output is null ? Text : _byEnding.GetValueOrDefault(Path.GetExtension(output))
            ?? throw new UserErrorException($"--output: \"{output}\" must end in {string.Join(", ", _byEnding.Keys)}, or name a --format.");
        try
        {
            Explanation explanation = Explanation.Of(expression, [.. at.Select(Explanation.ReadValue)]);
            Put(explanation, format, output, isPlain);
            return ExitCode.Done;
        }
        catch (ExpressionException error)
        {
            Terminal.Error(error.Message);
            foreach (string line in error.Excerpt.Split('\n'))
                Console.Error.WriteLine($"  {line}");
            return ExitCode.Misused;
        }
    }

    private static void Put(Explanation explanation, string format, string? output, bool isPlain)
    {
        string page = format switch
        {
            Markdown => explanation.ToMarkdown(),
            Html => explanation.ToHtml(),
            Svg => explanation.Graph.ToSvg(),
            _ => explanation.ToText(Terminal.Width, isPlain),
        };
        if (output is null)
        {
            Console.Out.Write(page);
            return;
        }
        byte[] contents = Encoding.UTF8.GetBytes(page);
        AtomicFile.Write(output, stream => stream.Write(contents));
        Console.Out.WriteLine($"{output}: {explanation.Steps.Count} steps");
    }
}
