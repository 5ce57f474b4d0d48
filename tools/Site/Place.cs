namespace ChainRule.Site;

/// <summary>Where a file of the repository stands on the site. Paths are relative and parted by slashes.</summary>
internal static class Place
{
    private const string Documentation = "docs/", Rest = "repository/";

    private static readonly string[] _pictures = [".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp"];

    public static bool IsPicture(string source) => _pictures.Contains(Path.GetExtension(source), StringComparer.OrdinalIgnoreCase);

    /// <summary>The address of a source: the documentation is the site, what else is linked to stands beside it.</summary>
    public static string Of(string source, bool isFolder)
    {
        string place = (source + "/").StartsWith(Documentation, StringComparison.Ordinal)
            ? source.Length < Documentation.Length ? "" : source[Documentation.Length..]
            : Rest + source;
        if (isFolder)
            return Join(place, "index.html");
        if (IsPicture(source))
            return place;
        if (Path.GetFileName(source) == "README.md")
            return Join(FolderOf(place), "index.html");
        return Path.GetExtension(source) == ".md" ? place[..^3] + ".html" : place + ".html";
    }

    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    public static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder.TrimEnd('/')}/{name}";

    /// <summary>The source that a link on a page means, or null if it leads out of the repository.</summary>
    public static string? Resolve(string page, string link)
    {
        if (link.StartsWith('/'))
            return null;
        List<string> parts = [.. FolderOf(page).Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string part in link.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    /// <summary>The link that leads from one address to another.</summary>
    public static string Between(string from, string to)
    {
        string[] here = FolderOf(from).Split('/', StringSplitOptions.RemoveEmptyEntries), there = to.Split('/');
        int shared = 0;
        while (shared < here.Length && shared < there.Length - 1 && here[shared] == there[shared])
            shared++;
        return string.Concat(Enumerable.Repeat("../", here.Length - shared)) + string.Join('/', there[shared..]);
    }
}
