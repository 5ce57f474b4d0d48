using ChainRule.Data;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Data;

public sealed class FashionMnistTests : IDisposable
{
    private const string Labels = "t10k-labels-idx1-ubyte";

    private static readonly string[] _others = ["t10k-images-idx3-ubyte", "train-images-idx3-ubyte", "train-labels-idx1-ubyte"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<Uri> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_not_there_is_fetched_unpacked_and_checked()
    {
        WriteAllBut(Labels);
        var reports = new List<DownloadProgress>();
        FashionMnist.Download(_folder.Path, Answer(TestFile.Bytes(Labels + ".gz")), new Reporter(reports));
        Assert.Equal([_others[0], Labels, .. _others[1..]], _folder.Listing);
        Assert.Equal(10_008, new FileInfo(_folder.File(Labels)).Length);
        Assert.Equal(new DownloadProgress(Labels, 10_008, 10_008), reports[^1]);
        Uri asked = Assert.Single(_asked);
        Assert.EndsWith("/" + Labels + ".gz", asked.AbsolutePath, StringComparison.Ordinal);

        FashionMnist.Download(_folder.Path, Answer([]));
        Assert.Single(_asked);
    }

    [Fact]
    public void A_wrong_sum_leaves_nothing_behind()
    {
        WriteAllBut(Labels);
        byte[] forged = new byte[10_008];
        var thrown = Assert.Throws<IOException>(() => FashionMnist.Download(_folder.Path, Answer(TestFile.Gzip(forged))));
        Assert.Contains("SHA-256", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(_others, _folder.Listing);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void A_download_that_is_too_long_too_short_or_no_gzip_leaves_nothing_behind()
    {
        WriteAllBut(Labels);
        Assert.Contains("more than the expected 10008", Failure(TestFile.Gzip(new byte[64 << 20])), StringComparison.Ordinal);
        Assert.Contains("only 10007 of 10008", Failure(TestFile.Gzip(new byte[10_007])), StringComparison.Ordinal);
        Assert.Contains("not gzip-compressed", Failure("<html>Not found</html>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("only 0 of 10008", Failure([]), StringComparison.Ordinal);
        Assert.Equal(_others, _folder.Listing);
    }

    [Fact]
    public void When_one_address_fails_the_next_is_asked()
    {
        WriteAllBut(Labels);
        Func<Uri, Stream> answer = Answer(TestFile.Bytes(Labels + ".gz"));
        FashionMnist.Download(_folder.Path, address => _asked.Count == 0 && answer(address) is not null ? throw new HttpRequestException("no network") : answer(address));
        Assert.Equal(2, _asked.Count);
        Assert.Equal([_others[0], Labels, .. _others[1..]], _folder.Listing);
    }

    [Fact]
    public void Without_a_network_the_message_says_what_to_do()
    {
        string folder = _folder.File("new");
        var thrown = Assert.Throws<IOException>(() => FashionMnist.Download(folder, _ => throw new HttpRequestException("no network")));
        Assert.Contains("no network", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("dataset-fashion-mnist", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_cancelled_download_leaves_nothing_behind()
    {
        WriteAllBut(Labels);
        using var source = new CancellationTokenSource();
        var progress = new Reporter([], source.Cancel);
        byte[] zeros = TestFile.Gzip(new byte[10_000]);
        Assert.Throws<OperationCanceledException>(() => FashionMnist.Download(_folder.Path, Answer(zeros), progress, source.Token));
        Assert.Throws<OperationCanceledException>(() => FashionMnist.Download(_folder.Path, Answer(zeros), progress, source.Token));
        Assert.Single(_asked);
        Assert.Equal(_others, _folder.Listing);
    }

    [Fact]
    public void A_folder_that_is_given_must_hold_the_files() =>
        Assert.Throws<FileNotFoundException>(() => FashionMnist.Load(_folder.Path));

    private string Failure(byte[] answer) =>
        Assert.Throws<IOException>(() => FashionMnist.Download(_folder.Path, Answer(answer))).Message;

    private Func<Uri, Stream> Answer(byte[] packed) => address =>
    {
        _asked.Add(address);
        return new MemoryStream(packed);
    };

    private void WriteAllBut(string name)
    {
        foreach (string other in _others.Where(other => other != name))
            _folder.Write(other, []);
    }

    private sealed class Reporter(List<DownloadProgress> reports, Action? also = null) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            reports.Add(value);
            also?.Invoke();
        }
    }
}
