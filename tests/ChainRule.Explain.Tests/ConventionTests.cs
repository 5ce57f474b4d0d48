namespace ChainRule.Explain.Tests;

public sealed class ConventionTests
{
    [Theory]
    [InlineData("max(v)", new double[] { 5, 5, 5 }, new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    [InlineData("min(v)", new double[] { 2, 2, 2, 2 }, new[] { 0.25, 0.25, 0.25, 0.25 })]
    [InlineData("max(v)", new double[] { 1, 4, 0, 4, 4 }, new[] { 0, 1 / 3.0, 0, 1 / 3.0, 1 / 3.0 })]
    [InlineData("min(v)", new double[] { 3, 3, 1, 2, 1 }, new[] { 0, 0, 0.5, 0, 0.5 })]
    [InlineData("max(v)", new double[] { 3, 3, 3, 7 }, new double[] { 0, 0, 0, 1 })]
    [InlineData("norm(v)", new double[] { 0, 0 }, new double[] { 0, 0 })]
    public void Equal_elements_share_alike_and_the_norm_of_zero_has_slope_zero_by_every_exact_witness(string expression, double[] v, double[] expected)
    {
        ExplanationInput input = Explanation.Of(expression, ("v", v)).Inputs[0];
        foreach (Tensor witness in new[] { input.Symbolic, input.Forward, input.Reverse, input.Step.Gradient })
        {
            double[] values = witness.ToArray<double>();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], values[i], 1e-15);
        }
    }

    [Fact]
    public void The_note_on_the_norm_of_zero_states_the_convention() =>
        Assert.Contains("0 is used", Assert.Single(Explanation.Of("norm(v)", ("v", new double[] { 0, 0 })).Notes), StringComparison.Ordinal);

    [Theory]
    [InlineData("x^x", 0, 0, true)]
    [InlineData("x^y", 0, 0, true)]
    [InlineData("0^y", 0, 0, true)]
    [InlineData("x^y", 0, 2, false)]
    [InlineData("x^y", 2, 0, false)]
    [InlineData("x^0", 0, 0, false)]
    public void Zero_to_the_power_zero_has_a_note_where_the_exponent_varies(string expression, double x, double y, bool isNoted)
    {
        (string, Tensor)[] all = [("x", x), ("y", y)];
        // 0^y is 1 at 0 and 0 just above: no derivative; 0^y at 2 is flat, and x^0 is 1 everywhere.
        Explanation explanation = Explanation.Of($"{expression}+{(expression.Contains('x', StringComparison.Ordinal) ? "x" : "y")}", [.. all.Where(value => expression.Contains(value.Item1, StringComparison.Ordinal))]);
        Assert.Equal(isNoted, explanation.Notes.Any(note => note.Contains("no derivative by its exponent", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_power_that_is_not_real_is_written_with_its_base_in_parentheses() =>
        Assert.Contains("(-1)^0.5 is not real", Assert.Throws<ExpressionException>(() => Explanation.Of("x^0.5", ("x", -1))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_negative_base_has_a_note_where_the_exponent_varies_and_none_where_it_is_a_number()
    {
        Assert.Contains("no derivative by its exponent", Assert.Single(Explanation.Of("x^y", ("x", -2), ("y", 3)).Notes), StringComparison.Ordinal);
        Assert.Empty(Explanation.Of("x^3", ("x", -2)).Notes);
    }

    [Fact]
    public void The_result_takes_a_name_that_no_input_has()
    {
        Explanation explanation = Explanation.Of("L*Loss*J+u", ("L", 1), ("Loss", 2), ("J", 3), ("u", 4));
        Assert.Equal(explanation.Steps.Count, explanation.Steps.Select(step => step.Name).Distinct().Count());
    }

    [Fact]
    public void An_underscore_before_digits_is_a_subscript_once()
    {
        string page = Explanation.Of("x_1*word_12", ("x_1", 2), ("word_12", 3)).ToMarkdown();
        Assert.Contains("x_{1}", page, StringComparison.Ordinal);
        Assert.Contains(@"\mathrm{word}_{12}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(@"x\_", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y", "an operator or the end was expected")]
    [InlineData("(x) , 2", "an operator or the end was expected")]
    [InlineData("x+*2", "a number, a name or ( was expected")]
    public void What_was_expected_depends_on_what_stands_before(string expression, string expected) =>
        Assert.Contains(expected, Assert.Throws<ExpressionException>(() => Explanation.Of(expression, ("x", 1), ("y", 2))).Message, StringComparison.Ordinal);
}
