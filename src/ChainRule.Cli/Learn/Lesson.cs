using System.Globalization;
using System.Text.RegularExpressions;

namespace ChainRule.Cli.Learn;

/// <summary>A lesson, as its file tells it.</summary>
/// <param name="Number">1, 2, ...</param>
/// <param name="Title">Its title.</param>
/// <param name="Path">Its file.</param>
/// <param name="Exercises">Its exercises and their texts, in order.</param>
internal sealed partial record Lesson(int Number, string Title, string Path, IReadOnlyList<(string Id, string Text)> Exercises)
{
    /// <summary>Reads the title and the exercises from the comments of a lesson.</summary>
    /// <exception cref="UserErrorException">It has no title.</exception>
    public static Lesson Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        Match title = lines.Select(line => TitleLine().Match(line)).FirstOrDefault(match => match.Success)
            ?? throw new UserErrorException($"{path} is no lesson: it has no line like \"// # 1. Title\".");
        var exercises = lines.Select(line => ExerciseLine().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToList();
        return new Lesson(int.Parse(title.Groups[1].Value, CultureInfo.InvariantCulture), title.Groups[2].Value, path, exercises);
    }

    [GeneratedRegex(@"^// # (\d{1,3})\. (.+)$")]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"^// (\d{1,3}\.\d) (.+)$")]
    private static partial Regex ExerciseLine();
}
