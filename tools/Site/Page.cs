using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChainRule.Site;

/// <summary>A page of the site: a Markdown file, a source file, or the list of a folder's files.</summary>
internal sealed partial class Page
{
    // Mathematics stays as it is written: the pages use letters, not a typesetter.
    private static readonly MarkdownPipeline _markdown = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation().UsePipeTables().UseAutoLinks().UseTaskLists().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private readonly MarkdownDocument _document;
    private readonly Lazy<string> _body;
    private readonly Lazy<HashSet<string>> _anchors;

    private Page(string source, string address, string title, string text)
    {
        (Source, Address) = (source, address);
        _document = Markdown.Parse(text, _markdown);
        Title = _document.OfType<HeadingBlock>().FirstOrDefault() is { Inline: { } heading } ? TextOf(heading) : title;
        _body = new(() => _document.ToHtml(_markdown));
        _anchors = new(() => [.. Id().Matches(Body).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))]);
    }

    public string Source { get; }
    public string Address { get; }
    public string Title { get; }

    /// <summary>The page as HTML, with its links as they are at the first reading of this.</summary>
    public string Body => _body.Value;

    /// <summary>What a link to a part of the page may name.</summary>
    public IReadOnlySet<string> Anchors => _anchors.Value;

    public IEnumerable<LinkInline> Links => _document.Descendants<LinkInline>();

    public static Page OfMarkdown(string source, string text) => new(source, Place.Of(source, isFolder: false), Path.GetFileNameWithoutExtension(source), text);

    public static Page OfText(string source, string text)
    {
        // A fence longer than any in the text.
        string fence = new('`', Math.Max(3, Backticks().Matches(text).Select(match => match.Length).DefaultIfEmpty(0).Max() + 1));
        string language = Path.GetExtension(source) == ".cs" ? "csharp" : "";
        return new(source, Place.Of(source, isFolder: false), source, $"# `{source}`\n\n{fence}{language}\n{text}\n{fence}\n");
    }

    public static Page OfFolder(string source, IEnumerable<string> names) =>
        new($"{source}/", Place.Of(source, isFolder: true), source, $"# `{source}`\n\n{string.Concat(names.Select(name => $"- [{name}](<{name}>)\n"))}");

    private static string TextOf(ContainerInline inlines) => string.Concat(inlines.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));

    [GeneratedRegex("\\bid=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
