using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ChainRule.Formats;

/// <summary>Reads the JSON header of a safetensors file and believes nothing that it has not checked.</summary>
/// <remarks>
/// Where readers of the format differ, this one is strict: the header starts with a brace, no key comes twice,
/// no unknown keys, numbers are plain digits, names have no control characters.
/// </remarks>
internal ref struct SafetensorsHeader
{
    /// <summary>The longest header, as in the format's own reader.</summary>
    public const int MaxBytes = 100_000_000;

    public const int MaxTensors = 100_000;

    public const int MaxNameLength = 1024;

    public const string MetadataKey = "__metadata__";

    /// <summary>The header follows a length of 8 bytes.</summary>
    public const int Start = 8;

    private readonly string _path;
    private readonly List<SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = [];
    private Utf8JsonReader _json;

    private SafetensorsHeader(string path, ReadOnlySpan<byte> header)
    {
        _path = path;
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 3 });
    }

    /// <summary>The entries in the order of their bytes, which fill the data exactly, and the metadata.</summary>
    /// <exception cref="FileFormatException">Anything that is not exactly as the format says.</exception>
    public static (IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Parse(string path, ReadOnlySpan<byte> header, long dataLength)
    {
        if (header.IsEmpty || header[0] != '{')
            throw FileFormatException.AtByte(path, Start, "the header is not a JSON object");
        if (!Utf8.IsValid(header))
            throw FileFormatException.AtByte(path, Start + FirstInvalid(header), "the header is not UTF-8");
        var parser = new SafetensorsHeader(path, header);
        try
        {
            parser.ParseTop();
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 that is no character.
            throw FileFormatException.AtByte(path, Start + parser._json.BytesConsumed, "the header is not well-formed JSON", cause);
        }
        return (parser.Laid(header.Length, dataLength), parser._metadata);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private void ParseTop()
    {
        _json.Read();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey() is { } name)
        {
            if (!names.Add(name))
                throw Wrong($"{Excerpt.Of(name)} comes twice");
            if (name == MetadataKey)
                ParseMetadata();
            else
                ParseEntry(name);
        }
        _json.Read(); // throws if anything follows but blanks
    }

    private void ParseMetadata()
    {
        Require(JsonTokenType.StartObject, "the metadata is not an object");
        while (NextKey() is { } key)
        {
            Require(JsonTokenType.String, $"the metadata {Excerpt.Of(key)} is not a string");
            if (!_metadata.TryAdd(key, _json.GetString()!))
                throw Wrong($"the metadata {Excerpt.Of(key)} comes twice");
        }
    }

    private void ParseEntry(string name)
    {
        long place = Start + _json.TokenStartIndex;
        if (_entries.Count == MaxTensors)
            throw Wrong($"there are more than {MaxTensors} tensors");
        if (NameProblem(name) is { } problem)
            throw Wrong(problem);
        Require(JsonTokenType.StartObject, $"tensor {Excerpt.Of(name)} is not described by an object");
        SafetensorsType? type = null;
        List<long>? sizes = null, offsets = null;
        while (NextKey() is { } key)
        {
            if (key == "dtype" && type is null) type = ParseType();
            else if (key == "shape" && sizes is null) sizes = ParseNumbers(key, Shape.MaxRank);
            else if (key == "data_offsets" && offsets is null) offsets = ParseNumbers(key, 2);
            else throw Wrong($"tensor {Excerpt.Of(name)} has an unknown key or one that comes twice: {Excerpt.Of(key)}");
        }
        if (type is null || sizes is null || offsets is not [long begin, long end])
            throw Wrong($"tensor {Excerpt.Of(name)} needs dtype, shape and two data_offsets");
        _entries.Add(new(name, type, CheckedShape(name, type, sizes, begin, end), begin, end, place));
    }

    /// <summary>What is wrong with a tensor's name, or null.</summary>
    public static string? NameProblem(string name)
    {
        if (name.Length > MaxNameLength)
            return $"the name {Excerpt.Of(name)} is longer than {MaxNameLength} characters";
        return name.Any(char.IsControl) ? $"the name {Excerpt.Of(name)} has a control character" : null;
    }

    private SafetensorsType ParseType()
    {
        Require(JsonTokenType.String, "dtype is not a string");
        return SafetensorsType.TryParse(_json.GetString()!, out string problem) ?? throw Wrong(problem);
    }

    private List<long> ParseNumbers(string key, int most)
    {
        Require(JsonTokenType.StartArray, $"{key} is not an array");
        var numbers = new List<long>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            // Digits only: 1.0, 1e3 and -0 are read differently by different readers.
            if (_json.TokenType != JsonTokenType.Number || !long.TryParse(_json.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                throw Wrong($"{key} holds something other than whole numbers from 0 to 2^63 - 1");
            if (numbers.Count == most)
                throw Wrong($"{key} holds more than {most} numbers");
            numbers.Add(number);
        }
        return numbers;
    }

    private readonly Shape CheckedShape(string name, SafetensorsType type, List<long> sizes, long begin, long end)
    {
        Shape shape;
        try
        {
            shape = Shape.Create([.. sizes]);
        }
        catch (ShapeException cause)
        {
            throw Wrong($"tensor {Excerpt.Of(name)}: {cause.Message}");
        }
        if (end < begin)
            throw Wrong($"tensor {Excerpt.Of(name)} ends at {end}, before it begins at {begin}");
        if (shape.ElementCount > long.MaxValue / type.Size || shape.ElementCount * type.Size != end - begin)
            throw Wrong($"tensor {Excerpt.Of(name)} of type {type.Name} and shape {shape} does not take the {end - begin} bytes that its offsets say");
        return shape;
    }

    // The tensors must fill the data without overlap, hole or rest: so no byte has two meanings, and none is hidden.
    private readonly List<SafetensorsEntry> Laid(int headerLength, long dataLength)
    {
        List<SafetensorsEntry> laid = [.. _entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        long last = 0;
        foreach (SafetensorsEntry entry in laid)
        {
            if (entry.Begin != last)
                throw FileFormatException.AtByte(_path, entry.Place, $"tensor {Excerpt.Of(entry.Name)} begins at {entry.Begin}, but the one before it ends at {last}");
            last = entry.End;
        }
        if (last != dataLength)
            throw FileFormatException.AtByte(_path, Start + headerLength + Math.Min(last, dataLength), $"the tensors take {last} bytes, but {dataLength} follow the header");
        return laid;
    }

    private string? NextKey()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.EndObject ? null : _json.GetString()!;
    }

    private void Require(JsonTokenType token, string problem)
    {
        _json.Read();
        if (_json.TokenType != token)
            throw Wrong(problem);
    }

    private readonly FileFormatException Wrong(string problem) => FileFormatException.AtByte(_path, Start + _json.TokenStartIndex, problem);
}
