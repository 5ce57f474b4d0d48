using System.Text;
using ChainRule.Learn;

namespace ChainRule.Lessons.Tests;

/// <summary>A lesson as a page of docs/lessons: its comments as text, its code, and below each part what it printed and drew.</summary>
internal static class LessonPage
{
    private const string PicturePrefix = $"picture: {Board.PictureFolder}/";

    public static string Write(LessonRun run)
    {
        string[] lines = LessonRun.Source(run.Name).Split('\n');
        var page = new StringBuilder();
        string[] titles = [.. lines.Where(line => line.StartsWith("Section(\"", StringComparison.Ordinal)).Select(TitleOf)];
        Queue<string> outputs = new(Parts(run.Output, titles));
        outputs.Dequeue();
        bool isOpen = false, hasExercises = false;
        foreach ((bool isText, string[] block) in Blocks(lines.SkipWhile(line => !line.StartsWith("// # ", StringComparison.Ordinal))))
        {
            if (isText)
            {
                if (block[0] == "// Exercises")
                {
                    Finish(isLast: true);
                    hasExercises = true;
                    WriteExercises(page, block[1..]);
                }
                else page.AppendJoin('\n', block.Select(line => line.Length > 3 ? line[3..] : "")).Append("\n\n");
                if (block[0].StartsWith("// # ", StringComparison.Ordinal))
                    page.Append($"The program is [learn/{run.Name}.cs](../../learn/{run.Name}.cs). Run it with `dotnet run -c Release learn/{run.Name}.cs`, or `chainrule learn {int.Parse(run.Name[..2], System.Globalization.CultureInfo.InvariantCulture)}`.\n\n");
            }
            else if (block[0].StartsWith("Section(\"", StringComparison.Ordinal))
            {
                Finish(isLast: false);
                page.Append($"## {TitleOf(block[0])}\n\n");
                isOpen = true;
                WriteCode(page, block[1..]);
            }
            else WriteCode(page, block, hasExercises ? "The type that was used above:\n\n" : "");
        }
        return page.ToString().TrimEnd() + "\n";

        void Finish(bool isLast)
        {
            if (isOpen)
                WriteOutput(page, outputs.Dequeue());
            isOpen = !isLast;
        }
    }

    /// <summary>What was printed before the first heading, and below each.</summary>
    private static IEnumerable<string> Parts(string output, string[] titles)
    {
        foreach (string title in titles)
        {
            string heading = $"\n{title}\n{new string('-', title.Length)}\n";
            int at = output.IndexOf(heading, StringComparison.Ordinal);
            Assert.True(at >= 0, $"no heading \"{title}\" was printed");
            yield return output[..at];
            output = output[(at + heading.Length)..];
        }
        yield return output;
    }

    private static string TitleOf(string line) => line["Section(\"".Length..line.LastIndexOf('"')];

    /// <summary>Runs of comment lines at the margin, which are text, and all between.</summary>
    private static IEnumerable<(bool IsText, string[] Lines)> Blocks(IEnumerable<string> lines)
    {
        var block = new List<string>();
        bool isText = false;
        foreach (string line in lines)
        {
            bool isComment = line.StartsWith("//", StringComparison.Ordinal);
            if (block.Count > 0 && (isComment != isText || line.StartsWith("Section(", StringComparison.Ordinal)))
            {
                if (Trimmed(block) is { Length: > 0 } done) yield return (isText, done);
                block.Clear();
            }
            isText = isComment;
            block.Add(line);
        }
        if (Trimmed(block) is { Length: > 0 } last) yield return (isText, last);
    }

    private static string[] Trimmed(List<string> block)
    {
        int start = block.FindIndex(line => line.Length > 0), end = block.FindLastIndex(line => line.Length > 0);
        return start < 0 ? [] : [.. block[start..(end + 1)]];
    }

    private static void WriteCode(StringBuilder page, string[] lines, string before = "")
    {
        string code = string.Join('\n', lines).Trim('\n');
        if (code.Length > 0)
            page.Append($"{before}```csharp\n{code}\n```\n\n");
    }

    private static void WriteOutput(StringBuilder page, string output)
    {
        string[] lines = output.Trim('\n').Split('\n');
        string[] text = [.. lines.Where(line => !line.StartsWith(PicturePrefix, StringComparison.Ordinal))];
        if (text.Any(line => line.Length > 0))
            page.Append($"```text\n{string.Join('\n', text)}\n```\n\n");
        foreach (string picture in lines.Where(line => line.StartsWith(PicturePrefix, StringComparison.Ordinal)).Select(line => line[PicturePrefix.Length..]))
            page.Append($"![{Path.GetFileNameWithoutExtension(picture)[3..].Replace('-', ' ')}](images/{picture})\n\n");
    }

    private static void WriteExercises(StringBuilder page, string[] lines)
    {
        page.Append("## Exercises\n\n");
        foreach (string line in lines)
        {
            string id = line.Split(' ')[1];
            page.Append($"- **{id}** {line[(line.IndexOf(id, StringComparison.Ordinal) + id.Length + 1)..]}\n");
        }
        string first = lines.First(line => !line.Contains("Write the code", StringComparison.Ordinal)).Split(' ')[1];
        page.Append($"\nAnswers are checked: `chainrule learn answer {first} \"...\"`. Stuck? `chainrule learn hint {first}`.\n\n");
    }
}
