using System.Globalization;
using System.Net;
using System.Text;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Output;

/// <summary>One self-contained page: no script, no font, no picture from elsewhere. Every text is escaped.</summary>
internal sealed class HtmlPage(string title, string subtitle)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #24292f; --quiet: #57606a; --paper: #ffffff; --soft: #f5f7f9; --line: #d8dee4; --right: 0, 114, 178; --wrong: 213, 94, 0; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9198a1; --paper: #0d1117; --soft: #161b22; --line: #30363d; } }
        * { box-sizing: border-box; }
        body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); background: var(--paper); max-width: 66rem; margin: 2.5rem auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; } h2 { font-size: 1.15rem; margin: 2.4rem 0 .8rem; }
        .subtitle { color: var(--quiet); margin: .3rem 0 1.5rem; }
        .notice { border-left: 4px solid rgb(var(--wrong)); background: var(--soft); padding: .7rem 1rem; border-radius: 0 .4rem .4rem 0; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .8rem; }
        .tile { background: var(--soft); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; color: var(--quiet); font-size: .85rem; }
        .tile b { display: block; font-size: 1.35rem; font-weight: 600; color: var(--ink); font-variant-numeric: tabular-nums; }
        .plot { background: #ffffff; border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto; } .plot svg { width: 100%; min-width: 44rem; height: auto; display: block; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
        th { font-weight: 600; } th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
        th:first-child, td:first-child { text-align: left; padding-left: .2rem; }
        .matrix td, .matrix thead th { text-align: center; min-width: 2.6rem; padding: .35rem .4rem; max-width: 8rem; } .matrix td { border: 1px solid var(--paper); } .matrix th { font-weight: 400; border: 0; } .matrix thead th:first-child { max-width: none; }
        .matrix .none { color: var(--line); }
        .settings td:first-child { color: var(--quiet); } .settings td { text-align: left; white-space: normal; overflow-wrap: anywhere; max-width: none; }
        """;

    private readonly StringBuilder _body = new();

    /// <summary>A row of figures with what they mean.</summary>
    public void AddTiles(params (string Name, string Value)[] tiles)
    {
        _body.Append("<div class=\"tiles\">");
        foreach ((string name, string value) in tiles)
            _body.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><b>{Escape(value)}</b>{Escape(name)}</div>");
        _body.AppendLine("</div>");
    }

    public void AddHeading(string text) => _body.AppendLine(CultureInfo.InvariantCulture, $"<h2>{Escape(text)}</h2>");

    public void AddParagraph(string text) => _body.AppendLine(CultureInfo.InvariantCulture, $"<p>{Escape(text)}</p>");

    /// <summary>Something the reader should see first.</summary>
    public void AddNotice(string text) => _body.AppendLine(CultureInfo.InvariantCulture, $"<p class=\"notice\">{Escape(text)}</p>");

    /// <summary>A drawing as SVG, which names itself.</summary>
    public void AddPlot(string svg) => _body.AppendLine(CultureInfo.InvariantCulture, $"<div class=\"plot\">{svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]}</div>");

    /// <summary>A drawing under a heading, with a word on it.</summary>
    public void AddPlot(string heading, string text, string svg)
    {
        AddHeading(heading);
        if (text.Length > 0)
            AddParagraph(text);
        AddPlot(svg);
    }

    /// <summary>Names and values, one pair in a line.</summary>
    public void AddSettings(IEnumerable<(string Name, string Value)> settings)
    {
        _body.Append("<table class=\"settings\"><tbody>");
        foreach ((string name, string value) in settings)
            _body.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(name)}</td><td>{Escape(value)}</td></tr>");
        _body.AppendLine("</tbody></table>");
    }

    public void AddTable(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        _body.Append("<div class=\"scroll\"><table><thead><tr>");
        foreach (string cell in header)
            _body.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Escape(cell)}</th>");
        _body.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            _body.Append("<tr>");
            foreach (string cell in row)
                _body.Append(CultureInfo.InvariantCulture, $"<td>{Escape(cell)}</td>");
            _body.Append("</tr>");
        }
        _body.AppendLine("</tbody></table></div>");
    }

    /// <summary>What was predicted (columns) for each class (rows): blue where right, orange where wrong, the darker the more of the class.</summary>
    public void AddConfusion(Confusion confusion)
    {
        _body.Append("<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>actual ↓ predicted →</th>");
        foreach (string name in confusion.Classes)
            _body.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Escape(name)}</th>");
        _body.Append("</tr></thead><tbody>");
        for (int actual = 0; actual < confusion.Classes.Count; actual++)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Escape(confusion.Classes[actual])}</th>");
            for (int predicted = 0; predicted < confusion.Classes.Count; predicted++)
                AddCell(confusion.Counts[actual, predicted], confusion.Support(actual), isRight: actual == predicted);
            _body.Append("</tr>");
        }
        _body.AppendLine("</tbody></table></div>");
    }

    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{Escape(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <h1>{Escape(title)}</h1>
        <p class="subtitle">{Escape(subtitle)}</p>
        {_body}
        </body>
        </html>

        """;

    private void AddCell(long count, long support, bool isRight)
    {
        if (count == 0)
        {
            _body.Append("<td class=\"none\">·</td>");
            return;
        }
        // A few mistakes among many right ones must still be seen.
        double share = (double)count / support, shade = isRight ? 0.15 + 0.6 * share : 0.2 + 0.8 * Math.Sqrt(share);
        _body.Append(CultureInfo.InvariantCulture, $"<td style=\"background: rgba(var(--{(isRight ? "right" : "wrong")}), {Math.Min(shade, 0.9):0.###})\">{count}</td>");
    }

    /// <summary>Text that is only text, whatever is in it; signs that no page may contain become a question mark in a diamond.</summary>
    private static string Escape(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
            clean.Append(IsAllowed(letter.Value) ? letter.ToString() : "\uFFFD");
        return WebUtility.HtmlEncode(clean.ToString());
    }

    private static bool IsAllowed(int letter) => letter is '\t' or '\n' or '\r' or (>= 0x20 and < 0x7F) or (>= 0xA0 and < 0xFFFE) or > 0xFFFF
        && letter is not ((>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
