using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Formats;

/// <summary>The tensors and notes of the file of a <see cref="TrainingCheckpoint"/>, and their digest.</summary>
internal sealed class CheckpointContents
{
    private const string Format = "chainrule training", FormatKey = "format", Version = "1", VersionKey = "version", EngineKey = "engine", DigestKey = "sha256", SettingPrefix = "setting.", CountPrefix = "count.", PositionPrefix = "position.";

    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal)
    {
        [FormatKey] = Format,
        [VersionKey] = Version,
        [EngineKey] = $"ChainRule {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}",
    };

    private CheckpointContents(SafetensorsFile file)
    {
        (_tensors, _notes) = (new(file.Tensors), new(file.Metadata));
        _notes.Remove(DigestKey);
    }

    public CheckpointContents()
    {
    }

    public static CheckpointContents Load(string path)
    {
        SafetensorsFile file = Safetensors.Load(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) != Format)
            throw FileFormatException.AtByte(path, 0, "the file is no checkpoint of a training");
        var contents = new CheckpointContents(file);
        if (file.Metadata.GetValueOrDefault(DigestKey) != contents.Digest())
            throw FileFormatException.AtByte(path, 0, "the file is damaged: its contents do not have the SHA-256 that it names");
        string? version = file.Metadata.GetValueOrDefault(VersionKey);
        return version == Version
            ? contents
            : throw FileFormatException.AtByte(path, 0, $"the file is a checkpoint of format version {version ?? "none"}, written by {file.Metadata.GetValueOrDefault(EngineKey) ?? "an engine that it does not name"}, but this engine reads version {Version}. Load it with the engine that wrote it");
    }

    public void Save(string path) =>
        Safetensors.Save(path, _tensors.Select(tensor => (tensor.Key, tensor.Value)), new Dictionary<string, string>(_notes) { [DigestKey] = Digest() });

    public void Put(TrainingPosition position)
    {
        foreach ((string name, long value) in new[] { ("epoch", position.Epoch), ("batch", position.Batch), ("step", position.Step) })
            _notes[PositionPrefix + name] = Text(value);
        if (position.Order is { } order)
            _notes[PositionPrefix + "order"] = Text((long)order.Value);
    }

    public void Put(string prefix, OptimizerState state)
    {
        Put(prefix, state.Tensors.Select(tensor => (tensor.Key, tensor.Value)));
        foreach ((string name, string note) in state.Notes)
            _notes[prefix + name] = note;
    }

    public void Put(string prefix, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        foreach ((string name, Tensor value) in tensors)
            _tensors.Add(prefix + name, value);
    }

    public void Put(Dictionary<string, string> settings)
    {
        foreach ((string name, string value) in settings)
            _notes[SettingPrefix + name] = value;
    }

    public void Put(Dictionary<string, long> counts)
    {
        foreach ((string name, long value) in counts)
            _notes[CountPrefix + name] = Text(value);
    }

    public TrainingPosition Position(string path)
    {
        if (Note(PositionPrefix + "epoch") is >= 0 and { } epoch && Note(PositionPrefix + "batch") is >= 0 and { } batch && Note(PositionPrefix + "step") is >= 0 and { } step)
            return new(epoch, batch, step, Note(PositionPrefix + "order") is { } order ? RandomKey.OfBits((ulong)order) : null);
        throw FileFormatException.AtByte(path, 0, "the file does not say how far the training had come");
    }

    /// <summary>The settings that are not those asked for.</summary>
    public IEnumerable<string> Differences(Dictionary<string, string> wanted) =>
        from setting in wanted
        let found = _notes.GetValueOrDefault(SettingPrefix + setting.Key)
        where found != setting.Value
        select $"{setting.Key} is {(found is null ? "missing" : $"[{found}]")}, but must be [{setting.Value}]";

    public IEnumerable<string> Missing(IEnumerable<string> counts) =>
        counts.Where(name => Note(CountPrefix + name) is null).Select(name => $"{name} is missing");

    /// <summary>A count that is not <see cref="Missing"/>.</summary>
    public long Count(string name) => Note(CountPrefix + name)!.Value;

    /// <summary>A count, or 0 if it is missing.</summary>
    public long CountOrNothing(string name) => Note(CountPrefix + name) ?? 0;

    public OptimizerState Optimizer(string prefix) => new(
        _notes.Where(note => note.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(note => note.Key[prefix.Length..], note => note.Value),
        Under(prefix));

    public IEnumerable<string> Problems(string prefix, StatePart[] parts)
    {
        Dictionary<string, Tensor> tensors = Under(prefix);
        return parts.Select(part => part.Problem(tensors.GetValueOrDefault(part.Name))).OfType<string>()
            .Concat(tensors.Keys.Except(parts.Select(part => part.Name)).Order(StringComparer.Ordinal).Select(name => $"{name} is unexpected"))
            .Select(problem => prefix + problem);
    }

    public void Give(string prefix, StatePart[] parts) => StatePart.Give(parts, Under(prefix));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, Tensor> Under(string prefix) =>
        _tensors.Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Key[prefix.Length..], tensor => tensor.Value);

    private long? Note(string name) =>
        _notes.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    // Each part with its length before it, so that no two contents give one stream.
    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, string note) in _notes.OrderBy(note => note.Key, StringComparer.Ordinal))
            Append($"{name.Length} {name} {note.Length} {note}");
        foreach ((string name, Tensor value) in _tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal))
        {
            Append($"{name.Length} {name} {value.DType.Lower()}{value.Shape} ");
            TensorBytes.Visit(value, hash.AppendData);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
