using System.Net;
using System.Text;

namespace ChainRule.Site;

/// <summary>What stands around every page: its head, the way through the site, and nothing from elsewhere.</summary>
internal sealed class Template
{
    public const string StyleAddress = "site.css";

    private static readonly (string Title, string Folder)[] _sections =
        [("Lessons", "docs/lessons"), ("How to", "docs/how-to"), ("Reference", "docs/reference"), ("More", "docs"), ("Decisions", "docs/decisions")];

    private readonly IReadOnlyList<Page> _pages;
    private readonly bool _hasPlayground;

    public Template(IReadOnlyList<Page> pages, bool hasPlayground) => (_pages, _hasPlayground) = (pages, hasPlayground);

    public static string Style
    {
        get
        {
            using var reader = new StreamReader(typeof(Template).Assembly.GetManifestResourceStream("site.css")!);
            return reader.ReadToEnd();
        }
    }

    public string Fill(Page page) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{WebUtility.HtmlEncode(page.Title)} · ChainRule</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{Place.Between(page.Address, StyleAddress)}">
        </head>
        <body>
        <a class="skip" href="#content">To the text</a>
        <header><a class="name" href="{Place.Between(page.Address, "index.html")}">ChainRule</a>{PlaygroundLink(page)}</header>
        <div class="sheet">
        <nav aria-label="Pages">{Navigation(page)}</nav>
        <main id="content">
        {page.Body}
        </main>
        </div>
        </body>
        </html>

        """;

    private string PlaygroundLink(Page page) =>
        _hasPlayground ? $"<a href=\"{Place.Between(page.Address, "playground/index.html")}\">Playground</a>" : "";

    // A section is open where the reader is; the others are a click away, without any script.
    private string Navigation(Page current)
    {
        var list = new StringBuilder();
        foreach ((string title, string folder) in _sections)
        {
            Page[] pages = [.. _pages.Where(page => Place.FolderOf(page.Source) == folder && !(folder == "docs" && page.Address == "index.html"))
                .OrderByDescending(page => page.Source.EndsWith("/README.md", StringComparison.Ordinal)).ThenBy(page => page.Source, StringComparer.Ordinal)];
            if (pages.Length == 0) continue;
            bool isOpen = Place.FolderOf(current.Source) == folder && folder != "docs" || current.Address == "index.html" && folder is "docs/lessons" or "docs/how-to";
            list.Append($"<details{(isOpen || pages.Contains(current) ? " open" : "")}><summary>{title}</summary><ul>");
            foreach (Page page in pages)
                list.Append($"<li><a href=\"{Place.Between(current.Address, page.Address)}\"{(page == current ? " aria-current=\"page\"" : "")}>{WebUtility.HtmlEncode(page.Title)}</a></li>");
            list.Append("</ul></details>");
        }
        return list.ToString();
    }
}
