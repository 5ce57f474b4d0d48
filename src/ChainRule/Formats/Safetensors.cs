using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChainRule.Formats;

/// <summary>Files of named tensors in the safetensors format. Reading one runs no code and trusts no length in it.</summary>
public static class Safetensors
{
    /// <summary>Writes tensors so that the file is there whole or not at all; equal tensors give equal bytes.</summary>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="tensors">Names and values; each name once.</param>
    /// <param name="metadata">Notes to keep with them.</param>
    /// <exception cref="ArgumentException">A name comes twice, is reserved, too long or not printable.</exception>
    /// <exception cref="IOException">The file cannot be written; see <see cref="AtomicFile"/>.</exception>
    public static void Save(string path, IEnumerable<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        // Wide elements first, so that each tensor is aligned to its elements; then by name.
        List<(string Name, Tensor Value)> laid = [.. tensors.OrderByDescending(pair => pair.Value.DType.Size()).ThenBy(pair => pair.Name, StringComparer.Ordinal)];
        CheckNames(laid);
        byte[] header = Header(laid, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[SafetensorsHeader.Start];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach ((_, Tensor value) in laid)
                TensorBytes.Visit(value, stream.Write);
        });
    }

    /// <summary>Reads every tensor of a file; half and brain floats become float32.</summary>
    /// <exception cref="FileFormatException">The file is not exactly as the format says; the message names the byte.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] header = ReadHeader(path, stream);
        long dataLength = stream.Length - SafetensorsHeader.Start - header.Length;
        (IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata) = SafetensorsHeader.Parse(path, header, dataLength);
        var tensors = new Dictionary<string, Tensor>(entries.Count, StringComparer.Ordinal);
        try
        {
            foreach (SafetensorsEntry entry in entries)
                tensors.Add(entry.Name, Read(entry, stream));
        }
        catch (EndOfStreamException cause)
        {
            throw FileFormatException.AtByte(path, stream.Position, "the file became shorter while it was read", cause);
        }
        return new(tensors, metadata);
    }

    private static byte[] ReadHeader(string path, FileStream stream)
    {
        Span<byte> start = stackalloc byte[SafetensorsHeader.Start];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            throw FileFormatException.AtByte(path, stream.Length, "the file ends before the 8 bytes of the header's length");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        // Compared with what is left, since 8 + length could wrap around.
        if (length > SafetensorsHeader.MaxBytes || length > (ulong)(stream.Length - start.Length))
            throw FileFormatException.AtByte(path, 0, $"the header is said to have {length} bytes, but {stream.Length - start.Length} follow and at most {SafetensorsHeader.MaxBytes} are allowed");
        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    private static Tensor Read(SafetensorsEntry entry, FileStream stream)
    {
        Tensor tensor = Tensor.Uninitialized(entry.Shape, entry.Type.DType);
        if (entry.Type.IsOwn)
            TensorBytes.Fill(tensor, stream);
        else
            TensorBytes.FillWidened(tensor, stream, isBrain: entry.Type == SafetensorsType.Brain);
        return tensor;
    }

    private static void CheckNames(List<(string Name, Tensor Value)> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, _) in tensors)
        {
            if (!names.Add(name) || name == SafetensorsHeader.MetadataKey)
                throw new ArgumentException($"Two tensors are named {Excerpt.Of(name)}, or the name is reserved by the format.", nameof(tensors));
            if (SafetensorsHeader.NameProblem(name) is { } problem)
                throw new ArgumentException($"Cannot save a tensor: {problem}.", nameof(tensors));
        }
        if (names.Count > SafetensorsHeader.MaxTensors)
            throw new ArgumentException($"A file holds at most {SafetensorsHeader.MaxTensors} tensors, not {names.Count}.", nameof(tensors));
    }

    private static byte[] Header(List<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var bytes = new ArrayBufferWriter<byte>();
        // The file is no web page: letters of all languages may stand as they are.
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            long begin = 0;
            foreach ((string name, Tensor value) in tensors)
                begin = WriteEntry(json, name, value, begin);
            json.WriteEndObject();
        }
        int padding = -bytes.WrittenCount & 7;
        bytes.Write("       "u8[..padding]);
        if (bytes.WrittenCount > SafetensorsHeader.MaxBytes)
            throw new ArgumentException($"The names and notes take {bytes.WrittenCount} bytes; the format allows {SafetensorsHeader.MaxBytes}.", nameof(metadata));
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor value, long begin)
    {
        long end = checked(begin + value.ElementCount * value.DType.Size());
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsType.Of(value.DType).Name);
        json.WriteStartArray("shape");
        foreach (long size in value.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
