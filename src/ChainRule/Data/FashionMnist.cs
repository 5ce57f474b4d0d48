namespace ChainRule.Data;

/// <summary>Fashion-MNIST: 60,000 and 10,000 pictures of 28 by 28 pixels of ten kinds of clothes.</summary>
/// <remarks>H. Xiao, K. Rasul and R. Vollgraf, 2017; Zalando SE, MIT licence.</remarks>
public static class FashionMnist
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts the files.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private const string Attribution = "Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, 2017), Zalando SE, MIT licence, https://github.com/zalandoresearch/fashion-mnist. Pixels scaled from 0..255 to 0..1.";

    private static readonly string[] _classNames = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Boot"];

    // The second one knows no encryption; the sums say whether what comes is right.
    private static readonly string[] _addresses =
    [
        "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ];

    private static readonly RemoteFile[] _files =
    [
        new("train-images-idx3-ubyte", 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new("train-labels-idx1-ubyte", 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new("t10k-images-idx3-ubyte", 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new("t10k-labels-idx1-ubyte", 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    /// <summary>Where a download is kept: a folder of the user's own application data.</summary>
    public static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "chainrule", "fashion-mnist");

    /// <summary>The folder where the data lie on this machine, Debian's or the download's; null if they must be downloaded.</summary>
    public static string? InstalledFolder => new[] { DebianFolder, CacheFolder }.FirstOrDefault(ImageFolder.IsOne);

    /// <summary>Loads the data from a folder; by itself from where they are installed, else after a download of 30 MB into <see cref="CacheFolder"/>.</summary>
    /// <exception cref="IOException">The folder or a file is missing or damaged, or the download failed.</exception>
    public static DataSplit Load(string? folder = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        folder ??= InstalledFolder;
        if (folder is null)
            Download(folder = CacheFolder, progress: progress, cancellation: cancellation);
        return ImageFolder.Load(folder, "fashion-mnist", _classNames, Attribution);
    }

    /// <summary>Fetches those of the four files that are not in a folder yet, and checks the SHA-256 of each before it gets its name there.</summary>
    /// <param name="folder">The folder, which is created.</param>
    /// <param name="fetch">Opens an address; by itself over HTTP.</param>
    /// <param name="progress">Is told after every block.</param>
    /// <param name="cancellation">Ends the download; whole files stay.</param>
    /// <exception cref="IOException">No address gave the right file, or the folder cannot be written.</exception>
    public static void Download(string folder, Func<Uri, Stream>? fetch = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        using var client = new HttpClient();
        fetch ??= address => Open(client, address, cancellation);
        foreach (RemoteFile file in _files.Where(file => !File.Exists(Path.Combine(folder, file.Name))))
            file.Download(folder, _addresses.Select(start => new Uri($"{start}{file.Name}.gz")), fetch, progress, cancellation);
    }

    private static Stream Open(HttpClient client, Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return response.EnsureSuccessStatusCode().Content.ReadAsStream(cancellation);
    }
}
