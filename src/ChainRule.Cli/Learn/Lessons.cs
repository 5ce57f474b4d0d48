namespace ChainRule.Cli.Learn;

/// <summary>Finds the lessons: in the clone around the current folder, or else in the one that the tool was built in.</summary>
internal static class Lessons
{
    /// <summary>The folder that holds the lessons.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static string Folder => Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory)
        ?? throw new UserErrorException("the lessons are part of ChainRule's sources, and there are none above this folder. Clone the repository and run chainrule learn in it.");

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Lesson> All() => [.. Directory.GetFiles(Folder, "*.cs").Select(Lesson.Read).OrderBy(lesson => lesson.Number)];

    private static string? Above(string start)
    {
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ChainRule.slnx")) && Directory.Exists(Path.Combine(folder, "learn")))
                return Path.Combine(folder, "learn");
        }
        return null;
    }
}
