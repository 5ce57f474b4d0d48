namespace ChainRule.Shared;

/// <summary>The folder of the solution, found from where the tests run: some tests read sources and documents.</summary>
internal static class SolutionFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "ChainRule.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"No ChainRule.slnx above {AppContext.BaseDirectory}.");
    }
}
