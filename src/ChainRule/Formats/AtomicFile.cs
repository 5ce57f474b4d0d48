namespace ChainRule.Formats;

/// <summary>Writes a file so that at every moment either the old contents or the new ones are there, never a half.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a new temporary file beside the target, flushes it to the disk and renames it over the target.</summary>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="write">Writes the contents. If it throws, the old file stays and the temporary one goes.</param>
    /// <remarks>
    /// After a crash of the process or the system the file holds its old contents or its new ones. Which of the two after a
    /// power cut is the file system's choice: the folder's own entry is not flushed, as .NET has no call for it.
    /// A process that is killed while it writes leaves its temporary file, <c>.NAME.tmp</c> with a random name.
    /// </remarks>
    /// <exception cref="IOException">The folder is missing, the disk is full, or the target is a folder; the message names the target.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the target may not be written; the message names the target.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string folder = RequireFolder(path, target);
        // A random name, since two writers may be at it; in the same folder, since a rename is atomic only inside a file system.
        string temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        bool isCallersTurn = false;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                isCallersTurn = true;
                write(stream);
                isCallersTurn = false;
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException
            && (!isCallersTurn || cause.Message.Contains(temporary, StringComparison.Ordinal)))
        {
            Remove(temporary);
            throw Explained(path, temporary, cause);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static string RequireFolder(string path, string target)
    {
        if (Directory.Exists(target))
            throw new IOException($"Cannot write {path}: it is a folder.");
        string? folder = Path.GetDirectoryName(target);
        return folder is not null && Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"Cannot write {path}: the folder {folder} does not exist.");
    }

    // The system's own message names the temporary file, which means nothing to the reader.
    private static Exception Explained(string path, string temporary, Exception cause) => cause is UnauthorizedAccessException
        ? new UnauthorizedAccessException($"Cannot write {path}: permission denied.", cause)
        : new IOException($"Cannot write {path}: {cause.Message.Replace(temporary, path, StringComparison.Ordinal)}", cause);

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first exception says what went wrong; this one must not hide it.
        }
    }
}
