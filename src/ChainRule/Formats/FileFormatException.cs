namespace ChainRule.Formats;

/// <summary>A file whose contents are not what its format promises; the message names the file and the place in it.</summary>
public sealed class FileFormatException : IOException
{
    /// <summary>Creates the exception with no message.</summary>
    public FileFormatException()
    {
    }

    /// <summary>Creates the exception with what is wrong and where.</summary>
    public FileFormatException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public FileFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }

    private FileFormatException(string path, string place, string problem, Exception? cause) : base($"{path}, {place}: {problem}", cause) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; } = "";

    /// <summary>The byte at which the file goes wrong, counted from 0 (in a compressed file, of the unpacked bytes); null in a text file.</summary>
    public long? Offset { get; private init; }

    /// <summary>The line that is wrong, counted from 1; null in a binary file.</summary>
    public long? Line { get; private init; }

    /// <summary>The column that is wrong, counted from 1; null if the whole line is, and in a binary file.</summary>
    public int? Column { get; private init; }

    internal static FileFormatException AtByte(string path, long offset, string problem, Exception? cause = null) =>
        new(path, $"byte {offset}", problem, cause) { Offset = offset };

    internal static FileFormatException AtLine(string path, long line, string problem, Exception? cause = null) =>
        new(path, $"line {line}", problem, cause) { Line = line };

    internal static FileFormatException AtColumn(string path, long line, int column, string problem) =>
        new(path, $"line {line}, column {column}", problem, null) { Line = line, Column = column };
}
