namespace ChainRule.Tests.Formats;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chainrule-test-").FullName;

    /// <summary>The names of everything in the folder, hidden files too.</summary>
    public IEnumerable<string> Listing => Directory.EnumerateFileSystemEntries(Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, ReadOnlySpan<byte> contents)
    {
        System.IO.File.WriteAllBytes(File(name), contents);
        return File(name);
    }

    public string Write(string name, string contents)
    {
        System.IO.File.WriteAllText(File(name), contents);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
