using System.Net;
using System.Text.RegularExpressions;
using ChainRule.Shared;

namespace ChainRule.Site.Tests;

public sealed partial class SiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_link_of_the_documentation_is_broken() => Assert.Empty(SiteContent.Read(SolutionFolder.Path, hasPlayground: true).Problems);

    // A second look, at what was written: nothing of it is known to the reader of the Markdown.
    [Fact]
    public void Every_reference_on_the_written_pages_leads_to_a_written_file()
    {
        string site = _folder.File("site");
        SiteContent.Read(SolutionFolder.Path, hasPlayground: false).WriteTo(site);
        string[] pages = Directory.GetFiles(site, "*.html", SearchOption.AllDirectories);
        Assert.True(pages.Length > 30);
        foreach (string page in pages)
            foreach (Match match in Reference().Matches(File.ReadAllText(page)))
            {
                string[] halves = match.Groups[1].Value.Split('#', 2);
                string target = Uri.UnescapeDataString(WebUtility.HtmlDecode(halves[0])), file = target.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, target);
                if (target.Contains(':', StringComparison.Ordinal)) continue;
                // A file from a disk has no server that would find index.html in a folder or take away a slash at the start.
                Assert.False(target.StartsWith('/'), $"{page} leads to {target}");
                Assert.True(File.Exists(file), $"{page} leads to {target}");
                Assert.False(target.EndsWith(".md", StringComparison.Ordinal), $"{page} leads to {target}");
                if (halves.Length == 2 && file.EndsWith(".html", StringComparison.Ordinal))
                    Assert.Contains($"id=\"{Uri.UnescapeDataString(halves[1])}\"", File.ReadAllText(file), StringComparison.Ordinal);
            }
    }

    [Fact]
    public void Nothing_comes_from_elsewhere()
    {
        string site = _folder.File("site");
        SiteContent.Read(SolutionFolder.Path, hasPlayground: true).WriteTo(site);
        foreach (string page in Directory.GetFiles(site, "*.html", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(page);
            Assert.DoesNotMatch("<script\\b", text);
            Assert.DoesNotMatch("<(img|link)[^>]+(src|href)=\"(https?:)?//", text);
        }
    }

    [Theory]
    [InlineData("[x](gone.md)", "the link \"gone.md\" is broken: there is no such file")]
    [InlineData("![x](images/gone.png)", "the link \"images/gone.png\" is broken: there is no such file")]
    [InlineData("[x](../../secret.md)", "the link \"../../secret.md\" is broken: it leads out of the repository")]
    [InlineData("[x](/etc/hosts)", "the link \"/etc/hosts\" is broken: it leads out of the repository")]
    [InlineData("[x](#nowhere)", "the link \"#nowhere\" is broken: docs/README.md has no part named \"nowhere\"")]
    [InlineData("[x](other.md#nowhere)", "docs/other.md has no part named \"nowhere\"")]
    public void A_broken_link_is_told_with_file_and_line(string link, string complaint)
    {
        WritePages(("docs/README.md", $"# Start\n\nText.\n\nSee {link}.\n"), ("docs/other.md", "# Other\n"));
        string problem = Assert.Single(SiteContent.Read(_folder.Path, hasPlayground: false).Problems);
        Assert.StartsWith("docs/README.md:5: ", problem, StringComparison.Ordinal);
        Assert.Contains(complaint, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_lead_to_pages_parts_folders_sources_and_pictures()
    {
        WritePages(
            ("docs/README.md", "# Start\n\n[a](guide/first.md#the-second-part) [b](guide) [c](../learn/one.cs) [d](#start) [e](https://example.org/x.md) ![f](images/a.svg)\n"),
            ("docs/guide/first.md", "# First\n\n## The second part\n\n[up](../README.md)\n"),
            ("docs/images/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("learn/one.cs", "// <script>alert(1)</script> ```\n"));
        var content = SiteContent.Read(_folder.Path, hasPlayground: false);
        Assert.Empty(content.Problems);
        Assert.Equal(6, content.Links - 1); // the folder's list links to its one file
        string site = _folder.File("site");
        content.WriteTo(site);
        string start = File.ReadAllText(Path.Combine(site, "index.html"));
        foreach (string link in (string[])["guide/first.html#the-second-part", "guide/index.html", "repository/learn/one.cs.html", "#start", "https://example.org/x.md", "images/a.svg"])
            Assert.Contains($"\"{link}\"", start, StringComparison.Ordinal);
        Assert.Contains("href=\"../index.html\"", File.ReadAllText(Path.Combine(site, "guide/first.html")), StringComparison.Ordinal);
        string source = File.ReadAllText(Path.Combine(site, "repository/learn/one.cs.html"));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; ```", source, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(site, "images/a.svg")));
    }

    [Fact]
    public void Titles_are_escaped()
    {
        WritePages(("docs/README.md", "# a \\<script> & `b<c`\n"));
        SiteContent.Read(_folder.Path, hasPlayground: false).WriteTo(_folder.File("site"));
        Assert.Contains("<title>a &lt;script&gt; &amp; b&lt;c · ChainRule</title>", File.ReadAllText(_folder.File("site/index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_something_in_it_is_left_as_it_is()
    {
        WritePages(("docs/README.md", "# Start\n"), ("site/mine.txt", "mine"));
        var content = SiteContent.Read(_folder.Path, hasPlayground: false);
        var failure = Assert.Throws<IOException>(() => content.WriteTo(_folder.File("site")));
        Assert.EndsWith("is not empty; name another folder.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine.txt", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.File("site")))));
    }

    private void WritePages(params (string Path, string Text)[] files)
    {
        foreach ((string path, string text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
            _folder.Write(path, text);
        }
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
