using System.Globalization;

namespace ChainRule.Explain.Tests;

public sealed class MisuseTests
{
    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("   ", 1, "empty")]
    [InlineData("2*", 3, "ends")]
    [InlineData("(x+1", 1, "never closed")]
    [InlineData("x+1)", 4, "never opened")]
    [InlineData("2*(x+(1)", 3, "never closed")]
    [InlineData("x+*2", 3, "\"*\"")]
    [InlineData("x $ 2", 3, "\"$\"")]
    [InlineData("<script>", 1, "\"<\"")]
    [InlineData("x <script>", 3, "\"<\"")]
    [InlineData("[1,2]", 1, "--at")]
    [InlineData("x=2", 2, "--at")]
    [InlineData("x x", 3, "x*x")]
    [InlineData("x 2", 3, "x*2")]
    [InlineData("(x)2", 4, "operator is missing")]
    [InlineData("sin x", 5, "sin(x)")]
    [InlineData("sin + 1", 1, "is a function")]
    [InlineData("sin()", 1, "1 argument")]
    [InlineData("pow(x)", 1, "2 arguments")]
    [InlineData("sin(x,x)", 1, "1 argument")]
    [InlineData("x(x+1)", 1, "x*(...)")]
    [InlineData("1+snh(x)", 3, "sinh")]
    [InlineData("1+qwertz(x)", 3, "There are: exp")]
    [InlineData("1/2x", 4, "two ways")]
    [InlineData("x+y", 3, "--at y=2")]
    [InlineData("x+1,2", 4, "\",\"")]
    [InlineData("max(x,)", 7, "\")\"")]
    [InlineData("()", 2, "\")\"")]
    [InlineData("2..x", 3, "\".\"")]
    [InlineData("1e999*x", 1, "too large")]
    [InlineData("x^", 3, "ends")]
    [InlineData("x\u0001", 2, "U+0001")]
    [InlineData("2+3", 1, "constant")]
    [InlineData("x.x", 2, "two vectors")]
    [InlineData("x@x", 2, "a*b")]
    [InlineData("sum(x)", 1, "vector")]
    [InlineData("max(x)", 1, "max(a, b)")]
    public void A_fault_is_named_with_its_column(string expression, int column, string part)
    {
        var error = Assert.Throws<ExpressionException>(() => Explanation.Of(expression, ("x", 2)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
        Assert.Equal(column - 1, error.Excerpt.Split('\n')[1].IndexOf('^', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("log(x)", -1, "above 0")]
    [InlineData("log(x)", 0, "above 0")]
    [InlineData("sqrt(x)", -1, "negative")]
    [InlineData("x/x", 0, "0/0")]
    [InlineData("1/x", 0, "divided by 0")]
    [InlineData("x^0.5", -4, "fraction")]
    [InlineData("x^-1", 0, "divides by 0")]
    [InlineData("asin(x)", 2, "from -1 to 1")]
    [InlineData("acosh(x)", 0, "at least 1")]
    [InlineData("atanh(x)", 1, "between -1 and 1")]
    [InlineData("exp(x)", 1000, "too large")]
    [InlineData("log(0-1)+x", 1, "above 0")]
    public void A_point_outside_the_domain_is_said_in_words(string expression, double x, string part) =>
        Assert.Contains(part, Assert.Throws<ExpressionException>(() => Explanation.Of(expression, ("x", x))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("relu(x)", 0, "kink at 0")]
    [InlineData("abs(x)", 0, "kink at 0")]
    [InlineData("max(x, 2)", 2, "half")]
    [InlineData("min(x, 2)", 2, "half")]
    [InlineData("sqrt(x)", 0, "vertical tangent")]
    [InlineData("sign(x)", 0, "jumps")]
    public void A_kink_is_named_with_its_convention(string expression, double x, string part) =>
        Assert.Contains(part, Assert.Single(Explanation.Of(expression, ("x", x)).Notes), StringComparison.Ordinal);

    [Theory]
    [InlineData("relu(x)", 0, 0.0)]
    [InlineData("abs(x)", 0, 0.0)]
    [InlineData("max(x, 2)", 2, 0.5)]
    [InlineData("min(x, 2)", 2, 0.5)]
    public void At_a_kink_all_exact_witnesses_use_the_named_convention(string expression, double x, double expected)
    {
        ExplanationInput input = Explanation.Of(expression, ("x", x)).Inputs[0];
        Assert.All([input.Symbolic, input.Forward, input.Reverse, input.Step.Gradient], witness => Assert.Equal(expected, witness.Item<double>()));
    }

    [Fact]
    public void Ten_thousand_parentheses_are_refused_with_a_clear_word()
    {
        string expression = new string('(', 10_000) + "x" + new string(')', 10_000);
        Assert.Contains("more than 100 parentheses", Assert.Throws<ExpressionException>(() => Explanation.Of(expression, ("x", 2))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    public void As_many_parentheses_as_are_allowed_are_read(int depth) =>
        Assert.Equal(1, Explanation.Of(new string('(', depth) + "x" + new string(')', depth), ("x", 2)).Inputs[0].Reverse.Item<double>());

    [Fact]
    public void Forty_thousand_signs_do_not_overflow_the_stack()
    {
        var error = Assert.Throws<ExpressionException>(() => Explanation.Of(new string('-', 40_000) + "x", ("x", 2)));
        Assert.Contains("more than 1000 steps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_sums_and_towers_do_not_overflow_the_stack()
    {
        Assert.Equal(900, Explanation.Of(string.Join("+", Enumerable.Repeat("x", 900)), ("x", 2)).Inputs[0].Reverse.Item<double>());
        Assert.Equal(1, Explanation.Of(string.Join("^", Enumerable.Repeat("x", 900)), ("x", 1)).Inputs[0].Reverse.Item<double>());
    }

    [Fact]
    public void Too_long_an_expression_is_refused() =>
        Assert.Contains("60001 characters", Assert.Throws<ExpressionException>(() => Explanation.Of(new string(' ', 60_000) + "x", ("x", 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_numbers_are_refused() =>
        Assert.Contains("at most 256", Assert.Throws<ExpressionException>(() => Explanation.Of("sum(x)", ("x", new double[257]))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_for_a_foreign_name_is_refused() =>
        Assert.Contains("did you mean xs?", Assert.Throws<ExpressionException>(() => Explanation.Of("xs+1", ("xs", 2), ("xt", 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        var error = Assert.Throws<ExpressionException>(() => Explanation.Of("a+b", ("a", new double[2]), ("b", new double[3])));
        Assert.Contains("[2] and [3]", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Column);
    }

    [Theory]
    [InlineData("x", "gives no variable a value")]
    [InlineData("=2", "not the name")]
    [InlineData("<b>=2", "not the name")]
    [InlineData("x=two", "not a number")]
    [InlineData("x=", "not a number")]
    [InlineData("x=nan", "not a number")]
    [InlineData("x=1e999", "not a number")]
    [InlineData("x=[1,2", "not a vector")]
    [InlineData("x=[]", "empty")]
    [InlineData("x=[1,\"a\"]", "not a number")]
    [InlineData("x=[[1],[2,3]]", "different lengths")]
    [InlineData("x=[[1],2]", "list of numbers")]
    [InlineData("x=[[[1]]]", "no deeper lists")]
    [InlineData("x=[[[[[[[[[[[1]]]]]]]]]]]", "not a vector")]
    public void A_value_that_cannot_be_read_is_explained(string text, string part) =>
        Assert.Contains(part, Assert.Throws<ExpressionException>(() => Explanation.ReadValue(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_are_read_whatever_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(0.5, Explanation.ReadValue("x = 0.5").Value.Item<double>());
            Assert.Equal([2L, 2], Explanation.ReadValue("W=[[1,2],[3,-4.5]]").Value.Shape.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void More_work_than_a_person_waits_for_is_refused_before_it_starts()
    {
        Tensor a = Tensor.Ones([16, 8], DType.Float64), b = Tensor.Ones([8, 16], DType.Float64);
        string message = Assert.Throws<ExpressionException>(() => Explanation.Of("sum(tanh(a@b@a@b@a@b)^3)", ("a", a * 0.1), ("b", b * 0.1))).Message;
        Assert.Contains("smaller vectors and matrices", message, StringComparison.Ordinal);
        // sum(a@b) of the same matrices is well within reach: each element of a has the sum of a row of b.
        Assert.Equal(1.6, Explanation.Of("sum(a@b)", ("a", a * 0.1), ("b", b * 0.1)).Inputs[0].Symbolic[0, 0].Item<double>(), 1e-12);
    }
}
