using System.Buffers.Binary;

namespace ChainRule.TensorBoard;

/// <summary>Reads how large a PNG is: its first chunk says so.</summary>
internal static class PngSize
{
    private const int HeadLength = 24;

    public static (int Width, int Height) Of(ReadOnlySpan<byte> png)
    {
        if (png.Length < HeadLength || png[0] != 0x89 || !png[1..].StartsWith("PNG\r\n\x1a\n"u8))
            throw new ArgumentException("AddImage: the bytes are no PNG file.", nameof(png));
        return (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
    }
}
