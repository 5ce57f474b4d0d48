using System.Buffers.Binary;

namespace ChainRule.TensorBoard.Tests;

/// <summary>A reader of its own, from the definition of the formats: the records of a file, and the fields of a message.</summary>
internal static class WireFields
{
    public static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(Masked(file.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(file[(at + 12)..(at + 12 + length)]);
            at += length + 16;
        }
        return records;
    }

    /// <summary>The records up to one that is cut off, if the last one is.</summary>
    public static List<byte[]> WholeRecords(byte[] file)
    {
        int end = 0;
        while (end + 12 <= file.Length && (long)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(end)) <= file.Length - end - 16)
            end += (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(end)) + 16;
        return Records(file[..end]);
    }

    /// <summary>Field numbers and their bytes; a varint as its eight bytes.</summary>
    public static List<(int Number, byte[] Bytes)> Of(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            int length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => 0 };
            byte[] bytes = (tag & 7) == 0 ? BitConverter.GetBytes(Varint(message, ref at)) : message[at..(at + length)];
            at += (tag & 7) == 0 ? 0 : length;
            fields.Add(((int)(tag >> 3), bytes));
        }
        return fields;
    }

    public static byte[] Part(byte[] message, params int[] path)
    {
        foreach (int number in path)
            message = Of(message).First(field => field.Number == number).Bytes;
        return message;
    }

    // Bit by bit and from the polynomial in its usual direction, so that it shares nothing with the table under test.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte one in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool carry = ((crc >> 31) ^ ((uint)one >> bit & 1)) == 1;
                crc = (crc << 1) ^ (carry ? 0x1EDC6F41u : 0);
            }
        }
        uint turned = 0;
        for (int i = 0; i < 32; i++)
            turned |= (~crc >> i & 1) << (31 - i);
        return unchecked(((turned >> 15) | (turned << 17)) + 0xA282EAD8);
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }
    }
}
