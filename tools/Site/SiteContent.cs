using Markdig.Syntax.Inlines;

namespace ChainRule.Site;

/// <summary>All pages and pictures of the site: the Markdown of <c>docs</c>, and what is linked to from it.</summary>
internal sealed class SiteContent
{
    private const string Documentation = "docs";

    private readonly string _repository;
    private readonly bool _hasPlayground;
    private readonly SortedDictionary<string, Page> _pages = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _pictures = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private readonly List<(Page Page, LinkInline Link, string Source, string Anchor)> _parts = [];
    private readonly Queue<Page> _unread = new();

    private SiteContent(string repository, bool hasPlayground) => (_repository, _hasPlayground) = (repository, hasPlayground);

    public IReadOnlyCollection<Page> Pages => _pages.Values;

    /// <summary>The sources of pictures, which are copied.</summary>
    public IReadOnlyCollection<string> Pictures => _pictures;

    /// <summary>Links that lead nowhere, each with file and line.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The number of links within the site.</summary>
    public int Links { get; private set; }

    /// <summary>Reads the documentation and follows its links.</summary>
    /// <exception cref="DirectoryNotFoundException">The repository has no folder docs.</exception>
    public static SiteContent Read(string repository, bool hasPlayground)
    {
        var site = new SiteContent(repository, hasPlayground);
        string documentation = Path.Combine(repository, Documentation);
        if (!Directory.Exists(documentation))
            throw new DirectoryNotFoundException($"{documentation}: there is no such folder; name the repository first.");
        foreach (string file in Directory.EnumerateFiles(documentation, "*.md", SearchOption.AllDirectories))
            site.Add(Path.GetRelativePath(repository, file).Replace('\\', '/'));
        while (site._unread.TryDequeue(out Page? page))
            foreach (LinkInline link in page.Links)
                site.Follow(page, link);
        foreach ((Page page, LinkInline link, string source, string anchor) in site._parts)
            if (!site._pages[source].Anchors.Contains(anchor))
                site.Complain(page, link, $"{source} has no part named \"{anchor}\"");
        return site;
    }

    /// <summary>Writes the site into a folder, which must not exist or be empty.</summary>
    /// <exception cref="IOException">There is something in the folder, or it cannot be written.</exception>
    public void WriteTo(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new IOException($"{folder} is not empty; name another folder.");
        string unfinished = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".partial";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        var template = new Template([.. _pages.Values], _hasPlayground);
        foreach (Page page in _pages.Values)
            File.WriteAllText(Room(unfinished, page.Address), template.Fill(page));
        foreach (string picture in _pictures)
            File.Copy(Path.Combine(_repository, picture), Room(unfinished, Place.Of(picture, isFolder: false)));
        File.WriteAllText(Room(unfinished, Template.StyleAddress), Template.Style);
        if (Directory.Exists(folder))
            Directory.Delete(folder);
        Directory.Move(unfinished, folder);
    }

    private static string Room(string folder, string address)
    {
        string path = Path.Combine(folder, address);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Follow(Page page, LinkInline link)
    {
        string url = link.Url ?? "";
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? absolute) && !absolute.IsFile)
            return;
        Links++;
        string[] halves = url.Split('#', 2);
        string path = Uri.UnescapeDataString(halves[0]);
        if ((path.Length == 0 ? page.Source : Place.Resolve(page.Source, path)) is not { } source)
        {
            Complain(page, link, "it leads out of the repository");
            return;
        }
        if (Add(source) is not { } target)
        {
            Complain(page, link, "there is no such file");
            return;
        }
        if (halves.Length == 2 && _pages.ContainsKey(target.Source))
            _parts.Add((page, link, target.Source, Uri.UnescapeDataString(halves[1])));
        link.Url = (path.Length == 0 ? "" : Place.Between(page.Address, target.Address)) + (halves.Length == 2 ? $"#{halves[1]}" : "");
    }

    /// <summary>Takes what is at this place of the repository into the site; null if nothing is.</summary>
    private (string Source, string Address)? Add(string source)
    {
        if (_pages.TryGetValue(source, out Page? known))
            return (known.Source, known.Address);
        string path = Path.Combine(_repository, source);
        if (Directory.Exists(path))
        {
            if (File.Exists(Path.Combine(path, "README.md")))
                return Add(Place.Join(source, "README.md"));
            IEnumerable<string> names = Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)).Where(name => Path.GetExtension(name) is ".md" or ".cs");
            return Add(source, Page.OfFolder(source, names.Order(StringComparer.Ordinal)));
        }
        if (!File.Exists(path))
            return null;
        if (Place.IsPicture(source))
        {
            _pictures.Add(source);
            return (source, Place.Of(source, isFolder: false));
        }
        string text = File.ReadAllText(path);
        return Add(source, Path.GetExtension(source) == ".md" ? Page.OfMarkdown(source, text) : Page.OfText(source, text));
    }

    private (string Source, string Address) Add(string source, Page page)
    {
        _pages.Add(source, page);
        _unread.Enqueue(page);
        return (source, page.Address);
    }

    private void Complain(Page page, LinkInline link, string reason) =>
        _problems.Add($"{page.Source}:{link.Line + 1}: the link \"{link.Url}\" is broken: {reason}");
}
