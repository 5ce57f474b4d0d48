using Google.Protobuf;

namespace ChainRule.TensorBoard;

/// <summary>Writes one protocol buffer message, field by field; numbers are those of TensorFlow's event.proto, summary.proto, tensor.proto and graph.proto.</summary>
internal static class Message
{
    public static byte[] Of(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return stream.ToArray();
    }

    public static void Field(CodedOutputStream output, int number, string text)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    public static void Field(CodedOutputStream output, int number, byte[] message)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(message));
    }

    public static void Field(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    public static void Field(CodedOutputStream output, int number, double value)
    {
        output.WriteTag(number, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    public static void Field(CodedOutputStream output, int number, float value)
    {
        output.WriteTag(number, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    /// <summary>Numbers one after another in one field.</summary>
    public static void Packed(CodedOutputStream output, int number, IReadOnlyCollection<double> values)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteLength(values.Count * sizeof(double));
        foreach (double value in values)
            output.WriteDouble(value);
    }
}
