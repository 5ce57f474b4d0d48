using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace ChainRule.TensorBoard;

/// <summary>What is read of a tensor (TensorFlow's tensor.proto): a text, or a single number, as TensorFlow 2 writes its scalars.</summary>
/// <param name="Text">Its first text.</param>
/// <param name="Scalar">Its number, if it is one number of 32, 64 or 16 bits with a point, or null.</param>
internal sealed record EventTensor(string? Text, double? Scalar)
{
    private const int Float = 1, Double = 2, Half = 19;

    public static EventTensor Read(byte[] message)
    {
        string? text = null;
        long type = 0;
        byte[] content = [];
        List<double> numbers = [];
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: type = input.ReadInt64(); break;
                case 4: content = input.ReadBytes().ToByteArray(); break;
                case 5: Add(input, tag, sizeof(float), bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes), numbers); break;
                case 6: Add(input, tag, sizeof(double), bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes), numbers); break;
                case 8: text ??= Encoding.UTF8.GetString(input.ReadBytes().Span); break;
                default: input.SkipLastField(); break;
            }
        }
        return new EventTensor(text, numbers.Count == 1 ? numbers[0] : FromContent(type, content));
    }

    // Packed, as proto3 writes, or one by one, which every reader must take as well.
    private static void Add(CodedInputStream input, uint tag, int size, Func<byte[], double> read, List<double> numbers)
    {
        if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
        {
            numbers.Add(size == sizeof(float) ? input.ReadFloat() : input.ReadDouble());
            return;
        }
        foreach (byte[] number in input.ReadBytes().ToByteArray().Chunk(size).Where(chunk => chunk.Length == size))
            numbers.Add(read(number));
    }

    private static double? FromContent(long type, byte[] content) => (type, content.Length) switch
    {
        (Float, sizeof(float)) => BinaryPrimitives.ReadSingleLittleEndian(content),
        (Double, sizeof(double)) => BinaryPrimitives.ReadDoubleLittleEndian(content),
        (Half, 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(content),
        _ => null,
    };
}
