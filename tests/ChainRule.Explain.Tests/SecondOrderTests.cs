using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChainRule.Explain.Tests;

public sealed class SecondOrderTests
{
    [Fact]
    public void The_cube_is_worked_out_as_on_paper()
    {
        // x = 2: u = 2x, v = u + 1 = 5, L = v³; L' = 3v² · 2 = 150, L'' = 6v · 2² = 120.
        SecondOrder second = Explanation.Of("(2*x+1)^3", 2, ("x", 2)).Second!;
        Assert.Equal([1.0, 2, 2, 150], second.Steps.Select(step => step.FirstValue));
        Assert.Equal([0.0, 0, 0, 120], second.Steps.Select(step => step.SecondValue));
        Assert.Equal("3·v^2·v'", second.Steps[^1].First.Text);
        Assert.Equal("6·v·(v')^2 + 3·v^2·v''", second.Steps[^1].Second.Text);
        SecondDerivative entry = Assert.Single(second.Entries);
        Assert.Equal(("∂²L/∂x²", "24·(2·x + 1)"), (entry.Symbol.Text, entry.Derivative!.Text));
        AssertAll(120, entry);
    }

    [Theory]
    [InlineData("sin(x)", 0.7, -0.644217687237691)]      // -sin x
    [InlineData("exp(2x)", 0.5, 10.87312731383618)]      // 4 e^(2x)
    [InlineData("log(x)", 0.5, -4)]                      // -1/x²
    [InlineData("x*x*x", 2, 12)]                         // 6x
    [InlineData("1/x", 0.5, 16)]                         // 2/x³
    [InlineData("sqrt(x)", 4, -0.03125)]                 // -x^(-3/2)/4
    [InlineData("relu(x)^2", 3, 2)]
    [InlineData("relu(x)^2", -3, 0)]
    [InlineData("abs(x)*x", -1, -2)]
    [InlineData("2x+1", 5, 0)]
    public void Known_functions_have_their_second_derivatives(string expression, double x, double expected)
    {
        SecondOrder second = Explanation.Of(expression, 2, ("x", x)).Second!;
        AssertAll(expected, Assert.Single(second.Entries));
        Assert.Equal(expected, second.Steps[^1].SecondValue, 1e-12 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Rosenbrock_has_its_published_hessian()
    {
        // At (-1.2, 1): [1200x² - 400y + 2, -400x; -400x, 200].
        SecondOrder second = Explanation.Of("(1-x)^2+100*(y-x^2)^2", 2, ("x", -1.2), ("y", 1)).Second!;
        Assert.Equal(["x", "y"], second.Names);
        AssertAll(1330, second[0, 0]);
        AssertAll(480, second[0, 1]);
        AssertAll(200, second[1, 1]);
        Assert.Same(second[0, 1], second[1, 0]);
        Assert.Empty(second.Steps);
        Assert.Throws<ArgumentOutOfRangeException>(() => second[0, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => second[-1, 0]);
    }

    [Fact]
    public void A_quadratic_form_has_the_matrix_and_its_transpose()
    {
        SecondOrder second = Explanation.Of("x.(A@x)", 2, ("A", new double[,] { { 1, 2 }, { 3, 4 } }), ("x", new double[] { 5, 6 })).Second!;
        Assert.Equal(["x[1]", "x[2]", "A[1,1]", "A[1,2]", "A[2,1]", "A[2,2]"], second.Names);
        double[,] expected = { { 2, 5 }, { 5, 8 } };
        for (int i = 0; i < 4; i++)
            AssertAll(expected[i / 2, i % 2], second[i / 2, i % 2]);
        // Linear in A: by A[1,2], x1 x2; by that and x[1], x2.
        AssertAll(6, second[0, 3]);
        AssertAll(0, second[3, 4]);
    }

    [Fact]
    public void First_order_has_none_and_third_is_refused()
    {
        Assert.Null(Explanation.Of("x^2", ("x", 1)).Second);
        Assert.Throws<ArgumentOutOfRangeException>(() => Explanation.Of("x^2", 3, ("x", 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Explanation.Of("x^2", 0, ("x", 1)));
    }

    [Fact]
    public void Too_much_work_is_refused_in_words()
    {
        var refused = Assert.Throws<ExpressionException>(() => Explanation.Of("v.v", 2, ("v", new double[SecondOrder.MostNumbers + 1])));
        Assert.Contains("at most 16", refused.Message, StringComparison.Ordinal);
        string chain = string.Concat(Enumerable.Repeat("sin(", 90)) + "sum(v)" + new string(')', 90);
        string longer = string.Join(" + ", Enumerable.Range(0, 8).Select(i => chain.Replace("sum(v)", $"sum(v)+{i}", StringComparison.Ordinal)));
        Assert.Contains("too much work", Assert.Throws<ExpressionException>(() => Explanation.Of(longer, 2, ("v", new double[16]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kink_is_doubted()
    {
        string text = Regex.Replace(Explanation.Of("relu(x)", 2, ("x", 0)).ToText(), @"\s+", " ");
        Assert.Contains("The witnesses disagree on ∂²L/∂x²", text, StringComparison.Ordinal);
        Assert.DoesNotContain("disagree on ∂²", Explanation.Of("relu(x)", 2, ("x", 1)).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_shows_it()
    {
        Explanation one = Explanation.Of("exp(x)*x", 2, ("x", 0.5)), two = Explanation.Of("x*sin(y)", 2, ("x", 0.5), ("y", 1));
        Assert.Contains("L''", one.ToText(), StringComparison.Ordinal);
        Assert.Contains("the Hessian of L", two.ToText(), StringComparison.Ordinal);
        Assert.Contains(@"\frac{\partial^{2} L}{\partial x^{2}}", one.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains(@"\frac{\partial^{2} L}{\partial x \, \partial y}", two.ToMarkdown(), StringComparison.Ordinal);
        foreach (Explanation explanation in new[] { one, two })
        {
            string page = explanation.ToHtml();
            XElement.Parse(page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]);
            Assert.Contains("Second order", page, StringComparison.Ordinal);
            Assert.DoesNotContain(explanation.ToText(isPlain: true), letter => letter > 127);
            Assert.All(explanation.ToText(80).Split('\n'), line => Assert.True(line.Length <= 80, line));
        }
    }

    private static void AssertAll(double expected, SecondDerivative entry)
    {
        double scale = Math.Max(1, Math.Abs(expected));
        Assert.Equal(expected, entry.Symbolic, 1e-11 * scale);
        Assert.Equal(expected, entry.ForwardOverReverse, 1e-11 * scale);
        Assert.Equal(expected, entry.Numeric, 1e-6 * scale);
    }
}
