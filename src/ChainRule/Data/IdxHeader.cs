using System.Buffers.Binary;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>The start of an IDX file: two zeros, the element type, the number of axes, and the sizes, high bytes first.</summary>
/// <param name="Type">The type's code in the format.</param>
/// <param name="Shape">The shape.</param>
/// <param name="DataLength">The number of bytes that must follow.</param>
internal sealed record IdxHeader(byte Type, Shape Shape, long DataLength)
{
    public const byte UnsignedByte = 0x08, SignedByte = 0x09, Short = 0x0B, Int = 0x0C, Float = 0x0D, Double = 0x0E;

    /// <summary>The number of bytes of the header.</summary>
    public int Length => 4 + 4 * Shape.Rank;

    /// <summary>The bytes of one element, 0 for an unknown type.</summary>
    public static int Size(byte type) => type switch
    {
        UnsignedByte or SignedByte => 1,
        Short => 2,
        Int or Float => 4,
        Double => 8,
        _ => 0,
    };

    /// <summary>Reads and checks the header; nothing is taken on trust but the sizes, whose product is checked for overflow only.</summary>
    /// <exception cref="FileFormatException">It is not the start of an IDX file.</exception>
    public static IdxHeader Read(IdxBytes source)
    {
        Span<byte> start = stackalloc byte[4];
        source.ReadHeader(start);
        if (start[0] != 0 || start[1] != 0)
            throw source.Wrong(0, "the file does not start with two zeros, so it is not an IDX file");
        byte type = start[2];
        if (Size(type) == 0)
            throw source.Wrong(2, $"0x{type:x2} is not an element type of the format");
        if (start[3] > Shape.MaxRank)
            throw source.Wrong(3, $"the file has {start[3]} axes; at most {Shape.MaxRank} are supported");
        Span<byte> sizes = stackalloc byte[4 * start[3]];
        source.ReadHeader(sizes);
        Shape shape = ReadShape(source, sizes);
        return shape.ElementCount <= long.MaxValue / Size(type)
            ? new(type, shape, shape.ElementCount * Size(type))
            : throw source.Wrong(4, $"shape {shape} needs more than 2^63 - 1 bytes");
    }

    private static Shape ReadShape(IdxBytes source, ReadOnlySpan<byte> bytes)
    {
        var sizes = new long[bytes.Length / 4];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * i)..]);
        try
        {
            return Shape.Create(sizes);
        }
        catch (ShapeException cause)
        {
            throw source.Wrong(4, cause.Message);
        }
    }
}
