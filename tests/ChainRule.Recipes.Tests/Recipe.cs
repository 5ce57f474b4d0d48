using System.Reflection;
using ChainRule.Shared;

namespace Recipes;

/// <summary>A compiled program: its text, as a reader would type it, and what it prints.</summary>
/// <param name="Name">The name of the type and of its file.</param>
/// <param name="Text">The using lines, an empty line, and the statements.</param>
/// <param name="Run">Runs the program.</param>
internal sealed record Recipe(string Name, string Text, Action<TextWriter> Run)
{
    public static IReadOnlyList<Recipe> All { get; } =
        [.. typeof(Recipe).Assembly.GetTypes().Where(type => type.IsClass && typeof(IRecipe).IsAssignableFrom(type)).OrderBy(type => type.Name).Select(Of)];

    public string Print()
    {
        using var written = new StringWriter { NewLine = "\n" };
        Run(written);
        return written.ToString();
    }

    public static string TextOf(string source)
    {
        string[] lines = source.Split('\n');
        int first = Array.FindIndex(lines, line => line.Trim() == "#region program") + 1;
        int end = Array.FindIndex(lines, line => line.Trim() == "#endregion");
        if (first == 0 || end < first)
            throw new InvalidDataException("The file has no #region program.");

        string[] program = lines[first..end];
        int margin = program.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        IEnumerable<string> usings = lines.TakeWhile(line => !line.StartsWith("namespace", StringComparison.Ordinal)).Where(line => line.StartsWith("using ", StringComparison.Ordinal));
        return string.Join('\n', [.. usings, "", .. program.Select(line => line.Length < margin ? "" : line[margin..])]) + "\n";
    }

    private static Recipe Of(Type type)
    {
        string file = Path.Combine(SolutionFolder.Path, "tests/ChainRule.Recipes.Tests/Recipes", $"{type.Name}.cs");
        var run = type.GetMethod(nameof(IRecipe.Run), BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Action<TextWriter>>();
        return new Recipe(type.Name, TextOf(File.ReadAllText(file)), run);
    }
}
