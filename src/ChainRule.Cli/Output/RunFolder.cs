namespace ChainRule.Cli.Output;

/// <summary>The folder of one run: opened before the work, so that an unwritable place is known at once, and gone again if nothing came of it.</summary>
internal sealed class RunFolder
{
    private const string Root = "runs";

    private readonly string? _topmostNew;

    private RunFolder(string path, string? topmostNew) => (Path, _topmostNew) = (path, topmostNew);

    public string Path { get; }

    /// <summary>The folder that was asked for, or the next free one: runs/digits, runs/digits-2, ...</summary>
    /// <exception cref="UserErrorException">It cannot be written to.</exception>
    public static RunFolder Open(string? path, string name, string option = "--output")
    {
        path ??= NextFree(name);
        string? topmostNew = TopmostNew(path);
        try
        {
            Directory.CreateDirectory(path);
            // A file comes and goes, because permissions alone do not say whether writing will work.
            string trial = System.IO.Path.Combine(path, $".{System.IO.Path.GetRandomFileName()}.tmp");
            File.WriteAllBytes(trial, []);
            File.Delete(trial);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Remove(topmostNew);
            throw new UserErrorException($"cannot write to the output folder {path}: {error.Message} Choose another with {option}.");
        }
        return new RunFolder(path, topmostNew);
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes what opening made: for a run that never began.</summary>
    public void Discard() => Remove(_topmostNew);

    private static string NextFree(string name)
    {
        string first = System.IO.Path.Combine(Root, name);
        string path = first;
        for (int i = 2; Directory.Exists(path) || File.Exists(path); i++)
            path = $"{first}-{i}";
        return path;
    }

    /// <summary>The outermost folder on the way that is not there yet.</summary>
    private static string? TopmostNew(string path)
    {
        string? topmost = null;
        for (string? folder = System.IO.Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
            topmost = folder;
        return topmost;
    }

    private static void Remove(string? folder)
    {
        if (folder is null || !Directory.Exists(folder)) return;
        try
        {
            // From the innermost out, and only what is empty: what someone else has put there meanwhile stays.
            foreach (string inner in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).OrderByDescending(inner => inner.Length).Append(folder))
            {
                if (!Directory.EnumerateFileSystemEntries(inner).Any())
                    Directory.Delete(inner);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to tell.
        }
    }
}
