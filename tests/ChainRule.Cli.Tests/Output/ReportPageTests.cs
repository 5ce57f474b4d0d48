using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;
using ChainRule.Plots;

namespace ChainRule.Cli.Tests.Output;

/// <summary>The report: one file that needs no other, in which no name can do anything.</summary>
public sealed partial class ReportPageTests
{
    public static TheoryData<string> HostileNames => ["<script>alert(1)</script>", "\"]", "'><img src=x onerror=alert(1)>", "&lt;b&gt;", "]]>", "</style>", "\u202Eevil", "\u200Fright", "a\0b", "\uD800", "\uFFFE", "javascript:x", "", new string('x', 5000)];

    [Theory, MemberData(nameof(HostileNames))]
    public void A_name_is_only_text_wherever_it_stands(string name)
    {
        string page = PageOf(SampleRun.Of(first: name, name: name));
        XDocument document = Parsed(page);
        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "img" or "iframe" or "link" or "object");
        Assert.All(document.Descendants().Attributes(), attribute => Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.ToString()));
        Assert.Single(document.Descendants("style"));
        Assert.DoesNotMatch(Forbidden(), page);
    }

    [Fact]
    public void A_name_is_shown_as_it_is() =>
        Assert.Contains(Parsed(PageOf(SampleRun.Of(first: "<script>alert(1)</script>"))).Descendants("th"), cell => cell.Value == "<script>alert(1)</script>");

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        XDocument document = Parsed(PageOf(SampleRun.Of()));
        Assert.DoesNotContain(document.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "srcset" or "data" && !attribute.Value.StartsWith('#'));
        string style = document.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", style, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void It_holds_the_plots_the_figures_and_what_repeats_the_run()
    {
        XDocument document = Parsed(PageOf(SampleRun.Of()));
        // The curves, the loss in detail, gradient flow over time and at the end, the update ratio, and the weights of two layers.
        Assert.Equal(7, document.Descendants().Count(element => element.Name.LocalName == "svg"));
        // Three of four are right; of two cats one was found, of three that were called dogs two are.
        string[] wanted = ["75.0%", "42", "6", "1.50 s", "50.0%", "66.7%", "adam", "0.05", new string('a', 64)];
        string text = string.Join('\n', document.Descendants().Where(element => !element.HasElements).Select(element => element.Value).Concat(document.Descendants("b").Select(element => element.Value)));
        Assert.All(wanted, part => Assert.Contains(part, text.Split('\n')));
    }

    [Theory]
    [InlineData(nameof(Ending.Interrupted), "The run was stopped before its end")]
    [InlineData(nameof(Ending.Diverged), "--learning-rate 0.005")]
    public void A_run_that_did_not_finish_says_so_first(string ending, string notice)
    {
        XElement paragraph = Parsed(PageOf(SampleRun.Of(ending: Enum.Parse<Ending>(ending)))).Descendants("p").Single(element => (string?)element.Attribute("class") == "notice");
        Assert.Contains(notice, paragraph.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_are_shown_with_what_is_wrong_with_them()
    {
        XDocument document = Parsed(PageOf(SampleRun.Of()));
        string[] headings = [.. document.Descendants("h2").Select(element => element.Value)];
        Assert.All(new[] { "Gradient flow over time", "Gradient flow at the end", "Update-to-weight ratio", "Weights of cat", "Weights of last" }, heading => Assert.Contains(heading, headings));
        Assert.Contains(document.Descendants(), element => element.Name.LocalName == "text" && element.Value.Trim() == "all zero");
        Assert.Contains(document.Descendants(), element => element.Name.LocalName == "desc" && element.Value.Contains("last: first all zero, last all zero", StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_come_before_the_curves_and_are_only_text()
    {
        var finding = new Finding(FindingKind.DeadUnits, FindingSeverity.Critical, "<b>1</b>", 7, "3 of 4", "Why.", "Cure.");
        XDocument document = Parsed(PageOf(SampleRun.Of() with { Findings = [finding] }));
        Assert.Equal(["What was found", "Curves"], document.Descendants("h2").Take(2).Select(element => element.Value));
        Assert.Contains(document.Descendants("p"), element => element.Value == "dead units in <b>1</b>, since step 7: 3 of 4. Why. Cure.");
    }

    [Fact]
    public void A_run_without_a_whole_epoch_has_a_report_too() => Parsed(PageOf(SampleRun.Of(ending: Ending.Interrupted, epochs: 0) with { StepLosses = [0.7] }));

    private static string PageOf(RunRecord run)
    {
        Figure figure = Charts.Of(run, hasHead: false);
        return ReportPage.Of(run, figure.ToSvg(), "0.0.0").ToString();
    }

    // The page is written as XML too, so a strict reader can judge it.
    private static XDocument Parsed(string page) => XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Trim());

    [GeneratedRegex("[\u0000-\u0008\u000B\u000C\u000E-\u001F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]")]
    private static partial Regex Forbidden();
}
