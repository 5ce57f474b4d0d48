using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChainRule.Explain.Tests;

public sealed class PageTests
{
    private static readonly Explanation _cube = Explanation.Of("(2*x+1)^3", ("x", 2));
    private static readonly Explanation _neuron = Explanation.Of("sigmoid(w.x+b)", ("w", new[] { 0.5, -0.2, 0.1 }), ("x", new double[] { 1, 2, 3 }), ("b", 0.1));

    [Fact]
    public void The_board_shows_substitutions_local_derivatives_and_products()
    {
        string[] lines = [.. _cube.ToText().Split('\n').Select(line => Regex.Replace(line, " +", " ").Trim())];
        Assert.Contains("L = (2·x + 1)^3", lines);
        Assert.Contains("u = 2·x = 4", lines);
        Assert.Contains("v = u + 1 = 5", lines);
        Assert.Contains("L = v^3 = 125", lines);
        Assert.Contains("∂L/∂v = ∂L/∂L · (3·v^2) = 1 · 75 = 75", lines.Select(line => line.Replace("· 3·v^2 ", "· (3·v^2) ", StringComparison.Ordinal)));
        Assert.Contains("∂L/∂x = ∂L/∂u · 2 = 75 · 2 = 150", lines);
        Assert.Contains("path 1: L → v → u → x 75 · 1 · 2 = 150", lines);
        Assert.Contains("∂L/∂x = 6·(2·x + 1)^2", lines);
    }

    [Fact]
    public void Shapes_stand_at_each_step_of_vectors()
    {
        string text = _neuron.ToText();
        Assert.Contains("shape [3]", text, StringComparison.Ordinal);
        Assert.Contains("∂L/∂u·x", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void Lines_keep_to_the_width(int width) =>
        Assert.All(Explanation.Of("x*sin(y)+x^2*exp(y)+tanh(x*y)", ("x", 2), ("y", 0.5)).ToText(width).Split('\n'), line => Assert.True(line.Length <= width, $"{line.Length}: {line}"));

    [Fact]
    public void Plain_text_has_only_ascii() => Assert.DoesNotContain(_neuron.ToText(isPlain: true), letter => letter > 127);

    [Fact]
    public void Latex_is_balanced_and_its_tables_have_no_stray_bars()
    {
        string page = Explanation.Of("abs(x_1)/sqrt(long_name)+norm(v)*pi", ("x_1", -2), ("long_name", 4), ("v", new double[] { 3, 4 })).ToMarkdown();
        Assert.Equal(page.Count(letter => letter == '{'), page.Count(letter => letter == '}'));
        Assert.Equal(Regex.Count(page, @"\\left\b"), Regex.Count(page, @"\\right\b"));
        Assert.Contains(@"\frac", page, StringComparison.Ordinal);
        Assert.Contains(@"long\_name", page, StringComparison.Ordinal);
        foreach (string[] rows in page.Split("\n\n").Where(block => block.StartsWith('|')).Select(block => block.TrimEnd('\n').Split('\n')))
            Assert.Single(rows.Select(row => row.Count(letter => letter == '|')).Distinct());
    }

    [Fact]
    public void The_page_is_well_formed_and_loads_nothing()
    {
        string page = _neuron.ToHtml();
        string main = page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)];
        // No entity here is HTML's own, so that XML's parser can read it.
        XElement root = XElement.Parse(main);
        Assert.Equal(3, root.Descendants("figure").Count());
        Assert.DoesNotContain("http:", page.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("<math>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_wrote_is_escaped_in_pages()
    {
        string page = Explanation.Of("A'@x", ("A", new double[,] { { 1, 2 }, { 3, 4 } }), ("x", new double[] { 1, 2 })).ToHtml();
        Assert.Contains("A&#39;@x", page, StringComparison.Ordinal);
        Assert.Throws<ExpressionException>(() => Explanation.Of("<script>alert(1)</script>", ("x", 1)));
        Assert.Throws<ExpressionException>(() => Explanation.Of("x", ("<script>", 1), ("x", 1)));
    }

    [Fact]
    public void A_summed_result_says_so_on_every_page()
    {
        Explanation summed = Explanation.Of("2*v", ("v", new double[] { 1, 2 }));
        Assert.All([summed.ToText(), summed.ToMarkdown(), summed.ToHtml()], page => Assert.Contains("they are summed", Regex.Replace(page, @"\s+", " "), StringComparison.Ordinal));
    }
}
