using System.Text.Json;
using ChainRule.Formats;

namespace ChainRule.Cli.Learn;

/// <summary>Which lessons were run and which exercises solved, in a small JSON file.</summary>
internal sealed class ProgressFile
{
    private const int Version = 1;
    private const long LargestFile = 1 << 20;

    private readonly string _path;

    private ProgressFile(string path) => _path = path;

    /// <summary>The lessons that were run to the end.</summary>
    public SortedSet<int> Lessons { get; } = [];

    /// <summary>The exercises that were solved, like 3.2.</summary>
    public SortedSet<string> Solved { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the file, or nothing.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads the file; one that is not there is empty, one that cannot be read as progress is damaged and kept.</summary>
    /// <exception cref="UserErrorException">No file was named, and the user has no folder for settings.</exception>
    public static ProgressFile Open(string? path)
    {
        var file = new ProgressFile(path ?? UsualPath());
        if (!File.Exists(file._path))
            return file;
        try
        {
            if (new FileInfo(file._path).Length > LargestFile)
                throw new JsonException("it is larger than 1 MiB");
            using var document = JsonDocument.Parse(File.ReadAllBytes(file._path));
            file.Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            file.Lessons.Clear();
            file.Solved.Clear();
            file.Damage = $"the progress file {file._path} is damaged ({error.Message}) and counts as empty; its contents are kept";
        }
        return file;
    }

    /// <summary>Writes the file whole or not at all. What a damaged one held goes to a file beside it first.</summary>
    public void Save()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(_path)) is { } folder)
            Directory.CreateDirectory(folder);
        if (Damage is not null)
            File.Move(_path, FreeName());
        AtomicFile.Write(_path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteStartArray("lessons");
            foreach (int lesson in Lessons)
                writer.WriteNumberValue(lesson);
            writer.WriteEndArray();
            writer.WriteStartArray("solved");
            foreach (string id in Solved)
                writer.WriteStringValue(id);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        Damage = null;
    }

    private void Read(JsonElement root)
    {
        if (root.GetProperty("version").GetInt32() is var version && version != Version)
            throw new JsonException($"its version is {version}, and this tool knows {Version}");
        foreach (JsonElement lesson in root.GetProperty("lessons").EnumerateArray())
            Lessons.Add(lesson.GetInt32());
        foreach (JsonElement id in root.GetProperty("solved").EnumerateArray())
            Solved.Add(id.GetString() ?? throw new JsonException("an exercise has no name"));
    }

    private string FreeName()
    {
        string free = $"{_path}.damaged";
        for (int i = 2; File.Exists(free); i++)
            free = $"{_path}.damaged-{i}";
        return free;
    }

    private static string UsualPath()
    {
        string folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0
            ? Path.Combine(folder, "chainrule", "learn.json")
            : throw new UserErrorException("there is no folder for a user's settings here; name a file with --progress FILE.");
    }
}
