using System.Text.RegularExpressions;
using ChainRule.Shared;

namespace ChainRule.Tests.Architecture;

/// <summary>A source file of the house, read as text.</summary>
/// <param name="Path">The path below the folder that was listed.</param>
/// <param name="Text">The text as written.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    public int Lines => Text.Count(c => c == '\n');

    /// <summary>The text without comments, strings and characters.</summary>
    public string Code => NotCode().Replace(Text, " ");

    public static IEnumerable<SourceFile> All(string folder)
    {
        string top = System.IO.Path.Combine(SolutionFolder.Path, folder);
        return from path in Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories)
               let name = System.IO.Path.GetRelativePath(top, path).Replace('\\', '/')
               where !$"/{name}".Contains("/obj/", StringComparison.Ordinal) && !$"/{name}".Contains("/bin/", StringComparison.Ordinal)
               select new SourceFile(name, File.ReadAllText(path));
    }

    /// <summary>True if the code, not a comment or a string, contains the whole word.</summary>
    public bool Says(string word) => Regex.IsMatch(Code, $@"\b{Regex.Escape(word)}\b");

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/
        | \$*("{3,}).*?\1
        | (?:\$@|@\$|@)"(?:[^"]|"")*"
        | "(?:\\.|[^"\\\n])*"
        | '(?:\\.|[^'\\\n])+'
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex NotCode();
}
