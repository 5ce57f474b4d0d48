using System.Text;

namespace ChainRule.Tests.Catalogue;

/// <summary>The page that lists every operation, in Markdown.</summary>
internal static class OperationsPage
{
    private static readonly (string Family, string Title, string Text)[] Families =
    [
        ("Elementwise", "Elementwise", "A function of one, two or three elements, applied to every element of operands that broadcast."),
        ("Linear", "Linear", "Linear in the first operand: the derivative backwards is the transpose, forwards the operation itself."),
        ("Bilinear", "Bilinear", "Linear in each of two operands: the derivative by one is the product of the cotangent with the other."),
        ("General", "General", "Operations with rules of their own, and compositions of others."),
        ("Zero", "Without a derivative", "Constant between jumps: the derivative is zero wherever there is one, and no gradient passes."),
    ];

    public static string Text(IReadOnlyList<OperationEntry> all)
    {
        var page = new StringBuilder();
        OperationEntry[] open = [.. all.Where(entry => entry.IsPublic)], own = [.. all.Where(entry => !entry.IsPublic)];
        page.Append("# Operations\n\n");
        page.Append($"**{open.Length} operations** and {own.Length} more that only rules and losses use. Written by `tools/operations-page` from the code, its comments and the rows of the tests; a test fails when it is out of date.\n\n");
        page.Append("Each has a formula and a derivative, which is held against extrapolated differences up to the order in the last column. ");
        page.Append("*Kinks* are the arguments at which a derivative is a convention or infinite, each with what it is there; at a kink it is the subgradient of least norm. ");
        page.Append("Forward mode, reverse mode and `Vmap` work for all.\n\n");
        page.Append("| family | operations |\n|---|---|\n");
        foreach ((string family, string title, _) in Families)
        {
            OperationEntry[] entries = [.. open.Where(entry => entry.Family == family)];
            page.Append($"| [{title}](#{Anchor(title)}) ({entries.Length}) | {string.Join(" ", entries.Select(entry => $"[{entry.Row.Name}](#{entry.Anchor})"))} |\n");
        }
        page.Append($"| [Of the rules](#of-the-rules) ({own.Length}) | {string.Join(" ", own.Select(entry => $"[{entry.Row.Name}](#{entry.Anchor})"))} |\n");
        foreach ((string family, string title, string text) in Families)
            Section(page, title, text, open.Where(entry => entry.Family == family));
        Section(page, "Of the rules", "Operations that no method of `Tensor` names: derivatives, transposes and losses are written with them.", own);
        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, string text, IEnumerable<OperationEntry> entries)
    {
        page.Append($"\n## {title}\n\n{text}\n\n| operation | formula | derivative | kinks | orders |\n|---|---|---|---|---|\n");
        foreach (OperationEntry entry in entries)
        {
            string names = entry.IsPublic ? string.Join(", ", entry.Names.Select(name => $"`{Cell(name)}`")) : entry.Row.Name;
            string formula = string.Join("<br>", new[] { entry.Meaning, entry.Formula }.Where(part => part.Length > 0).Select(Plain));
            page.Append($"| <a id=\"{entry.Anchor}\"></a>{names} | {formula} | {Plain(entry.Derivative)} | {Plain(entry.Kinks)} | {entry.Orders} |\n");
        }
    }

    private static string Anchor(string title) => title.ToLowerInvariant().Replace(' ', '-');

    // A bar would end the cell, even in code.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Plain(string text) =>
        Cell(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));
}
