using System.IO.Compression;
using System.Security.Cryptography;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>A gzip-compressed file on the net whose unpacked contents are known beforehand.</summary>
/// <param name="Name">Its name, unpacked.</param>
/// <param name="Length">Its length, unpacked.</param>
/// <param name="Sha256">The sum of its unpacked bytes: packed ones differ between places that hold the same data.</param>
internal sealed record RemoteFile(string Name, long Length, string Sha256)
{
    private const int BlockLength = 1 << 16;

    /// <summary>Fetches the file from the first address that has it, unpacks it, checks it, and only then gives it its name.</summary>
    /// <exception cref="IOException">No address gave the right file; the message says why for each.</exception>
    public void Download(string folder, IEnumerable<Uri> addresses, Func<Uri, Stream> fetch, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (Uri address in addresses)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using Stream packed = fetch(address);
                using CancellationTokenRegistration abort = cancellation.Register(packed.Dispose);
                Save(folder, packed, progress, cancellation);
                return;
            }
            catch (Exception aborted) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException($"The download of {Name} was cancelled.", aborted, cancellation);
            }
            catch (Exception problem) when (problem is IOException or HttpRequestException or UnauthorizedAccessException or OperationCanceledException)
            {
                problems.Add($"{address}: {problem.Message}");
            }
        }
        throw new IOException($"Cannot download {Name} into {folder}. {string.Join(" ", problems)} Put the file there yourself, or install Debian's package dataset-fashion-mnist.");
    }

    private void Save(string folder, Stream packed, IProgress<DownloadProgress>? progress, CancellationToken cancellation) =>
        AtomicFile.Write(Path.Combine(folder, Name), target =>
        {
            using var content = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var block = new byte[BlockLength];
            long received = 0;
            for (int read; (read = ReadSome(content, block, received)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                received += read;
                if (received > Length)
                    throw Wrong(Length, $"more than the expected {Length} bytes came");
                sum.AppendData(block, 0, read);
                target.Write(block, 0, read);
                progress?.Report(new(Name, received, Length));
            }
            if (received < Length)
                throw Wrong(received, $"only {received} of {Length} bytes came");
            if (!Convert.ToHexStringLower(sum.GetHashAndReset()).Equals(Sha256, StringComparison.Ordinal))
                throw Wrong(0, $"the SHA-256 of what came is not {Sha256}");
        });

    private int ReadSome(Stream content, byte[] block, long received)
    {
        try
        {
            return content.Read(block);
        }
        catch (InvalidDataException cause)
        {
            throw Wrong(received, "what came is not gzip-compressed, or damaged", cause);
        }
    }

    private FileFormatException Wrong(long offset, string problem, Exception? cause = null) =>
        FileFormatException.AtByte($"{Name} (download)", offset, problem, cause);
}
