using System.Buffers.Binary;

namespace ChainRule.TensorBoard;

/// <summary>Records of a TFRecord file: length (8 bytes, little-endian), its masked checksum, the bytes, their masked checksum.</summary>
internal static class RecordStream
{
    private const int HeadLength = 12, TailLength = 4;

    // Larger than any event that is written here; a length beyond is a broken file, not a reason to ask for so much memory.
    private const ulong LongestRecord = 1 << 30;

    public static void Write(Stream stream, ReadOnlySpan<byte> record)
    {
        // One write for each record, so that whoever reads meanwhile sees at most the last one torn.
        byte[] framed = new byte[HeadLength + record.Length + TailLength];
        BinaryPrimitives.WriteUInt64LittleEndian(framed, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(8), Crc32C.Masked(framed.AsSpan(0, 8)));
        record.CopyTo(framed.AsSpan(HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(HeadLength + record.Length), Crc32C.Masked(record));
        stream.Write(framed);
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="record">The record.</param>
    /// <returns>Whole, at the end, or torn: a record that ends before its length, as while another program writes it.</returns>
    /// <exception cref="InvalidDataException">A checksum does not hold, or a length is beyond a gigabyte.</exception>
    public static RecordState Read(Stream stream, out byte[] record)
    {
        record = [];
        Span<byte> head = stackalloc byte[HeadLength], tail = stackalloc byte[TailLength];
        long at = stream.Position;
        int read = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        if (read == 0) return RecordState.End;
        if (read < HeadLength) return RecordState.Torn;
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) != Crc32C.Masked(head[..8]) || length > LongestRecord)
            throw new InvalidDataException($"The length of the record at byte {at} is damaged; this is no event file, or it is broken from there on.");
        if ((ulong)(stream.Length - stream.Position) < length + TailLength) return RecordState.Torn;
        record = new byte[length];
        stream.ReadExactly(record);
        stream.ReadExactly(tail);
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail) != Crc32C.Masked(record))
            throw new InvalidDataException($"The record at byte {at} is damaged: its checksum does not hold.");
        return RecordState.Whole;
    }
}
