using System.Net;
using System.Text.RegularExpressions;

namespace ChainRule.Plots;

/// <summary>Makes the text of Skia's SVG fit for readers without our font, and names the picture for those who cannot see it.</summary>
internal static partial class SvgText
{
    private const string Families = "Inter, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

    public static string Tidy(string svg, string title, string description)
    {
        svg = BoldFamily().Replace(svg, $"font-weight=\"600\" font-family=\"{Families}\"");
        svg = svg.Replace("font-family=\"Inter\"", $"font-family=\"{Families}\"", StringComparison.Ordinal);
        // A place for each letter spaces letters badly in any other font, and a wider one would be cut off.
        svg = Places().Replace(svg, " $1=\"$2\"");
        svg = ClippedText().Replace(svg, "<g>");
        return Start().Replace(svg, $"<svg$1 role=\"img\" viewBox=\"0 0 $2 $3\"><title>{WebUtility.HtmlEncode(title).Replace("$", "$$", StringComparison.Ordinal)}</title>{Described(description)}", 1);
    }

    private static string Described(string description) =>
        description.Length == 0 ? "" : $"<desc>{WebUtility.HtmlEncode(description).Replace("$", "$$", StringComparison.Ordinal)}</desc>";

    [GeneratedRegex("font-weight=\"[0-9]+\" font-family=\"Inter [^\"]*\"")]
    private static partial Regex BoldFamily();

    [GeneratedRegex(" ([xy])=\"([-0-9.e]+), [-0-9.e, ]*\"")]
    private static partial Regex Places();

    [GeneratedRegex("<g clip-path=\"[^\"]*\">(?=(?:(?!</g>)[\\s\\S])*<text)")]
    private static partial Regex ClippedText();

    [GeneratedRegex("<svg([^>]* width=\"([0-9]+)\" height=\"([0-9]+)\")>")]
    private static partial Regex Start();
}
