using System.Text.Json;
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
    public void The_way_through_a_vector_shows_sizes_and_rows()
    {
        string[] lines = [.. _neuron.ToText().Split('\n').Select(line => Regex.Replace(line, " +", " ").Trim())];
        Assert.Contains("∂u/∂w [1×1] · [1×3] 0.235004 · [1, 2, 3] = [0.235004, 0.470007, 0.705011]", lines);
        Assert.Contains("path 1: L → v → b 0.235004 · 1 = 0.235004", lines);
        Assert.Contains(@"\underset{1 \times 3}{\begin{bmatrix}1 & 2 & 3\end{bmatrix}}", _neuron.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("[1×1] · [1×3]", _neuron.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_has_only_ascii() => Assert.DoesNotContain(_neuron.ToText(isPlain: true), letter => letter > 127);

    [Theory]
    [InlineData("w.x")]
    [InlineData("a*(w.x)")]
    [InlineData("w*(w.x)")]
    [InlineData("(w*x).x+2*a")]
    [InlineData("sum(w*x)")]
    [InlineData("sum((W@V)@x*w)-a")]
    [InlineData("(W@(V@x)).w")]
    [InlineData("sum(V*(W@V'))^2/a")]
    [InlineData("-(a-(a-1))^2^a")]
    public void An_expression_that_was_written_reads_back_as_the_same_one(string expression)
    {
        double[] w = [0.5, -0.25, 2], x = [1, 2, 3];
        double[,] first = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 10 } }, second = { { 2, 0, 1 }, { 1, -1, 0 }, { 0, 3, 1 } };
        (string, Tensor)[] all = [("w", w), ("x", x), ("a", 3), ("W", first), ("V", second)];
        (string, Tensor)[] values = [.. all.Where(value => expression.Replace("sum", "", StringComparison.Ordinal).Contains(value.Item1, StringComparison.Ordinal))];
        Explanation given = Explanation.Of(expression, values);
        foreach (string written in new[] { given.Result.Written.Text, AsciiText.Of(given.Result.Written.Text) })
        {
            Explanation again = Explanation.Of(written, values);
            Assert.Equal(given.Result.Value.Item<double>(), again.Result.Value.Item<double>(), 1e-12);
            Assert.Equal(given.Steps.Select(step => step.Operation), again.Steps.Select(step => step.Operation));
        }
    }

    [Fact]
    public void Markdown_shows_the_numbers_of_the_chain_the_sum_over_paths_and_the_errors_of_differences()
    {
        // x = 2: u = x², v = 3x, L = u + v, and the way by v is walked first; the paths bring 2x = 4 and 3.
        Explanation explanation = Explanation.Of("x^2+3*x", ("x", 2));
        string page = explanation.ToMarkdown();
        Assert.Contains(@"$1 \cdot 3 + 1 \cdot 4$ | $7$ |", page, StringComparison.Ordinal);
        Assert.Contains(" = 4 + 3 = 7$$", page, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\left(1\right)", page, StringComparison.Ordinal);
        string curve = page[page.IndexOf("| $h$ | error by $x$ |", StringComparison.Ordinal)..];
        Assert.Equal(explanation.Inputs[0].DifferenceCurve.Count, curve.TrimEnd().Split('\n').Length - 2);
        Assert.Contains(@"$75 \cdot 2$ | $150$ |", _cube.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Greek_letters_are_spelled_in_plain_text()
    {
        string text = Explanation.Of("α*σ_1+é^2", 2, ("α", 2), ("σ_1", 3), ("é", 1)).ToText(isPlain: true);
        Assert.DoesNotContain(text, letter => letter > 127);
        Assert.Contains("alpha*sigma_1 + uE9^2", text, StringComparison.Ordinal);
        Assert.Contains("dL/dsigma_1", text, StringComparison.Ordinal);
        // Lines stand below one another after the spelling, too.
        string[] forward = [.. text.Split('\n').Where(line => line.StartsWith("  alpha ", StringComparison.Ordinal) || line.StartsWith("  sigma_1 ", StringComparison.Ordinal))];
        Assert.Single(forward.Take(2).Select(line => line.IndexOf('=', StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void Greek_letters_are_commands_in_latex()
    {
        string page = Explanation.Of("α*θ_1", ("α", 2), ("θ_1", 3)).ToMarkdown();
        Assert.Contains(@"\alpha ", page, StringComparison.Ordinal);
        Assert.Contains(@"\theta _{1}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_what_the_text_has()
    {
        using var json = JsonDocument.Parse(Explanation.Of("(2*x+1)^3", 2, ("x", 2)).ToJson());
        JsonElement root = json.RootElement;
        Assert.Equal(("(2*x+1)^3", 125), (root.GetProperty("expression").GetString(), root.GetProperty("value").GetDouble()));
        Assert.Equal(["x", "u", "v", "L"], root.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        JsonElement edge = root.GetProperty("steps")[3].GetProperty("operands")[0];
        Assert.Equal(("v", "3·v^2", 75), (edge.GetProperty("step").GetString(), edge.GetProperty("derivative").GetProperty("text").GetString(), edge.GetProperty("local").GetDouble()));
        JsonElement input = root.GetProperty("inputs")[0];
        Assert.All(["symbolic", "forward", "reverse", "numeric"], witness => Assert.Equal(150, input.GetProperty(witness).GetDouble(), 1e-9));
        Assert.Equal(150, input.GetProperty("paths")[0].GetProperty("product").GetDouble());
        Assert.NotEqual(0, input.GetProperty("differences").GetArrayLength());
        Assert.Equal(120, root.GetProperty("second").GetProperty("entries")[0].GetProperty("symbolic").GetDouble());
    }

    [Fact]
    public void Json_of_matrices_has_rows_and_names_what_it_cannot_hold()
    {
        using var json = JsonDocument.Parse(Explanation.Of("sum(W)*sqrt(x)", ("W", new double[,] { { 1, 2 }, { 3, 4 } }), ("x", 0)).ToJson(isPlain: true));
        JsonElement matrix = json.RootElement.GetProperty("steps")[0];
        Assert.Equal("[2,2]", matrix.GetProperty("shape").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(3, matrix.GetProperty("value")[1][0].GetDouble());
        // The square root has a vertical tangent at 0.
        Assert.Equal("Infinity", json.RootElement.GetProperty("inputs")[1].GetProperty("reverse").GetString());
        Assert.DoesNotContain(json.RootElement.GetRawText(), letter => letter > 127);
        Assert.False(json.RootElement.TryGetProperty("second", out _));
    }

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
