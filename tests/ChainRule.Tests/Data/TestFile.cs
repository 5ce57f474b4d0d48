using System.Buffers.Binary;
using System.IO.Compression;

namespace ChainRule.Tests.Data;

/// <summary>The test files of this folder, and IDX files made by hand.</summary>
internal static class TestFile
{
    public static byte[] Bytes(string name)
    {
        using Stream source = typeof(TestFile).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>An IDX file: type, sizes, data, whether they fit or not.</summary>
    public static byte[] Idx(byte type, uint[] sizes, params byte[] data)
    {
        var file = new byte[4 + 4 * sizes.Length + data.Length];
        (file[2], file[3]) = (type, (byte)sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + 4 * i), sizes[i]);
        data.CopyTo(file, 4 + 4 * sizes.Length);
        return file;
    }

    public static byte[] Gzip(ReadOnlySpan<byte> contents)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(contents);
        return packed.ToArray();
    }
}
