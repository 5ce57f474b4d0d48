using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Catalogue;

/// <summary>docs/reference/operations.md tells what the code does. <c>tools/operations-page</c> writes it anew.</summary>
public sealed class OperationsPageTests
{
    private static readonly string File = Path.Combine(Shared.SolutionFolder.Path, "docs/reference/operations.md");

    [Fact]
    public void The_page_is_current()
    {
        string page = OperationsPage.Text(OperationEntry.All);
        if (Environment.GetEnvironmentVariable("CHAINRULE_WRITE_PAGES") == "1")
            System.IO.File.WriteAllText(File, page);
        string written = System.IO.File.ReadAllText(File);
        for (int line = 0; line < Lines(page).Length; line++)
            Assert.True(Lines(page)[line] == Lines(written).ElementAtOrDefault(line), $"{File}, line {line + 1}, is out of date: run tools/operations-page. It should be\n{Lines(page)[line]}");
        Assert.Equal(page, written);
    }

    [Fact]
    public void Every_row_is_on_the_page_and_every_operation_has_its_formula_and_derivative()
    {
        Assert.Equal(OpCases.All.Select(row => row.Name).Order(StringComparer.Ordinal), OperationEntry.All.Select(entry => entry.Row.Name).Order(StringComparer.Ordinal));
        Assert.All(OperationEntry.All, entry => Assert.False(entry.Formula.Length == 0 && entry.Meaning.Length == 0, $"{entry.Row.Name} has neither a summary nor a formula."));
        Assert.All(OperationEntry.All, entry => Assert.False(entry.Derivative.Length == 0, $"{entry.Row.Name} does not state its derivative: its record's summary is \"y = ...,  dy/dx = ...\" with two spaces between."));
    }

    [Theory]
    [InlineData("Abs", "Abs", "y = |x|", "dy/dx = sign x, 0 at 0 (the subgradient of least norm)", "0: 0; -0: 0; -∞: -1")]
    [InlineData("Add", "a + b", "y = a + b", "dy/da = dy/db = 1", "")]
    [InlineData("Maximum", "Tensor.Maximum", "y = max(a, b)", "the derivative is 1 for the larger one, 1/2 each for equal ones", "(1, 1): (0.5, 0.5); (0, -0): (0.5, 0.5); (2, 1): (1, 0)")]
    public void An_entry_is_read_from_the_code(string operation, string name, string formula, string derivative, string kinks)
    {
        OperationEntry entry = OperationEntry.All.Single(entry => entry.Row.Name == operation);
        Assert.Equal("Elementwise", entry.Family);
        Assert.Equal([name], entry.Names);
        Assert.Equal((formula, derivative, kinks, "3"), (entry.Formula, entry.Derivative, entry.Kinks, entry.Orders));
    }

    private static string[] Lines(string text) => text.Split('\n');
}
