using System.Buffers.Binary;
using System.Text;

namespace ChainRule.Tests.Formats;

/// <summary>Writes safetensors files by hand, good ones and bad ones.</summary>
internal static class SafetensorsFiles
{
    public static string Write(TemporaryFolder folder, string header, ReadOnlySpan<byte> data) => Write(folder, Encoding.UTF8.GetBytes(header), data);

    public static string Write(TemporaryFolder folder, ReadOnlySpan<byte> header, ReadOnlySpan<byte> data, ulong? length = null)
    {
        var file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length ?? (ulong)header.Length);
        header.CopyTo(file.AsSpan(8));
        data.CopyTo(file.AsSpan(8 + header.Length));
        return folder.Write("m.safetensors", file);
    }
}
