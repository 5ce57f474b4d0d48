using System.Globalization;
using System.Text;
using ChainRule.Cli.Display;
using ChainRule.Explain;
using ChainRule.Formats;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule explain</c>.</summary>
internal static class Explaining
{
    public const string Json = "json";
    private const string Text = "text", Markdown = "markdown", Html = "html", Svg = "svg";
    private const int FirstForeign = 128;

    private static readonly Dictionary<string, string> _byEnding = new(StringComparer.OrdinalIgnoreCase) { [".txt"] = Text, [".md"] = Markdown, [".markdown"] = Markdown, [".html"] = Html, [".htm"] = Html, [".svg"] = Svg, [".json"] = Json };

    public static IReadOnlyList<string> Formats { get; } = [Text, Markdown, Html, Svg, Json];

    public static int Write(string expression, string[] at, int order, string? format, string? output, bool isPlain)
    {
        if (output is not null && Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"--output: the folder {folder} does not exist.");
        format ??= output is null ? Text : _byEnding.GetValueOrDefault(Path.GetExtension(output))
            ?? throw new UserErrorException($"--output: \"{output}\" must end in {string.Join(", ", _byEnding.Keys)}, or name a --format.");
        try
        {
            Explanation explanation = Explanation.Of(expression, order, [.. at.Select(Explanation.ReadValue)]);
            Put(explanation, format, output, isPlain);
            return ExitCode.Done;
        }
        catch (ExpressionException error)
        {
            Terminal.Error(isPlain ? AsciiText.Of(error.Message) : error.Message);
            foreach (string line in Pointed(error, isPlain))
                Console.Error.WriteLine($"  {line}");
            return ExitCode.Misused;
        }
    }

    // The text and below it the caret, which stays below its letter where letters before it are spelled out.
    private static string[] Pointed(ExpressionException error, bool isPlain)
    {
        string[] lines = error.Excerpt.Split('\n');
        if (!isPlain) return lines;
        string before = lines[0][..Math.Min(lines[0].Length, lines[1].Length - 1)];
        return [AsciiText.Of(lines[0]), new string(' ', AsciiText.Of(before).Length + lines[1].Length - 1 - before.Length) + "^"];
    }

    private static void Put(Explanation explanation, string format, string? output, bool isPlain)
    {
        string page = format switch
        {
            Markdown => isPlain ? AsciiText.Of(explanation.ToMarkdown()) : explanation.ToMarkdown(),
            Html => isPlain ? Numbered(explanation.ToHtml()) : explanation.ToHtml(),
            Svg => isPlain ? Numbered(explanation.Graph.ToSvg()) : explanation.Graph.ToSvg(),
            Json => explanation.ToJson(isPlain),
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

    // Markup can name any letter by its number.
    private static string Numbered(string markup)
    {
        var plain = new StringBuilder(markup.Length);
        foreach (Rune letter in markup.EnumerateRunes())
            _ = letter.Value < FirstForeign ? plain.Append((char)letter.Value) : plain.Append(CultureInfo.InvariantCulture, $"&#x{letter.Value:X};");
        return plain.ToString();
    }
}
