using ChainRule.Shared;

namespace Recipes;

/// <summary>The documents of the project and the programs in them.</summary>
internal static class Documents
{
    /// <summary>The C# blocks of README.md and of docs/; those of the lessons are pieces of programs that have tests of their own.</summary>
    public static IReadOnlyList<Listing> Listings { get; } =
        [.. Files().SelectMany(file => ListingsOf(Path.GetRelativePath(SolutionFolder.Path, file), File.ReadAllText(file)))];

    /// <summary>The C# blocks of a text; a block marked "text" right after one is what the program prints.</summary>
    public static IEnumerable<Listing> ListingsOf(string file, string text)
    {
        var blocks = BlocksOf(text).ToList();
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Language != "csharp")
                continue;
            string? output = i + 1 < blocks.Count && blocks[i + 1].Language == "text" ? blocks[i + 1].Text : null;
            yield return new Listing(file, blocks[i].Line, blocks[i].Text, output);
        }
    }

    private static IEnumerable<(string Language, int Line, string Text)> BlocksOf(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.IndexOf(lines, "```", i + 1);
            if (end < 0)
                throw new InvalidDataException($"The block of line {i + 1} has no end.");
            yield return (lines[i][3..].Trim(), i + 1, string.Concat(lines[(i + 1)..end].Select(line => line + "\n")));
            i = end;
        }
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path.Combine(SolutionFolder.Path, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "lessons")
            .Prepend(Path.Combine(SolutionFolder.Path, "README.md"));
}
