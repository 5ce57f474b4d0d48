using System.IO.Compression;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>The bytes of an IDX file, unpacked if it is gzip-compressed, whatever its name.</summary>
internal sealed class IdxBytes : IDisposable
{
    private const int BlockLength = 1 << 20;

    /// <summary>Deflate never packs tighter than this.</summary>
    private const long TightestPacking = 1032;

    private static readonly byte[] _gzipMagic = [0x1f, 0x8b];

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _content;
    private long _position;

    public IdxBytes(string path)
    {
        _path = path;
        _file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        IsPacked = _file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic.SequenceEqual(_gzipMagic);
        _file.Position = 0;
        _content = IsPacked ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    /// <summary>Whether the file is compressed, so that its length does not say how much is in it.</summary>
    public bool IsPacked { get; }

    /// <summary>Fills the target from where reading stands.</summary>
    /// <exception cref="FileFormatException">The file ends before.</exception>
    public void ReadHeader(Span<byte> target)
    {
        if (Read(target) < target.Length)
            throw Wrong(_position, "the file ends inside its header");
    }

    /// <summary>The bytes that must follow, neither more nor less, in blocks of 1 MB.</summary>
    /// <exception cref="FileFormatException">There are fewer or more. For a plain file it is thrown before the first block.</exception>
    public IEnumerable<ArraySegment<byte>> Blocks(long length)
    {
        RequireLength(length);
        for (long rest = length; rest > 0;)
        {
            var block = new byte[Math.Min(rest, BlockLength)];
            if (Read(block) < block.Length)
                throw Wrong(_position, $"the file ends before the {length} bytes of data that the header promises");
            rest -= block.Length;
            yield return block;
        }
        // One byte past the end is read, and never more: a packed file may be hiding gigabytes.
        if (Read(stackalloc byte[1]) != 0)
            throw Wrong(_position - 1, $"the file goes on after the {length} bytes of data that the header promises");
    }

    public FileFormatException Wrong(long offset, string problem, Exception? cause = null) => FileFormatException.AtByte(_path, offset, problem, cause);

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private void RequireLength(long length)
    {
        long present = _file.Length - _position;
        if (!IsPacked && present != length)
            throw Wrong(_position + Math.Min(present, length), $"the header promises {length} bytes of data, but {present} follow");
        if (IsPacked && length / TightestPacking > _file.Length)
            throw Wrong(_position, $"the header promises {length} bytes of data; a compressed file of {_file.Length} bytes cannot hold them");
    }

    private int Read(Span<byte> target)
    {
        try
        {
            int read = _content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            _position += read;
            return read;
        }
        catch (InvalidDataException cause)
        {
            throw Wrong(_position, "the compressed data are damaged", cause);
        }
    }
}
