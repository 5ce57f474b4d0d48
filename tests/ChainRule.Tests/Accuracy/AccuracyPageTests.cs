namespace ChainRule.Tests.Accuracy;

/// <summary>docs/reference/accuracy.md tells what the code does. <c>tools/operations-page</c> writes it anew.</summary>
public sealed class AccuracyPageTests
{
    private static readonly string File = Path.Combine(Shared.SolutionFolder.Path, "docs/reference/accuracy.md");

    [Fact]
    public void The_page_is_current()
    {
        string page = AccuracyPage.Text(AccuracyRows.All);
        if (Environment.GetEnvironmentVariable("CHAINRULE_WRITE_PAGES") == "1")
            System.IO.File.WriteAllText(File, page);
        Assert.True(page == System.IO.File.ReadAllText(File), $"{File} is out of date: run tools/operations-page. It should be\n{page}");
    }

    [Fact]
    public void Every_exception_has_its_reason() =>
        Assert.All(AccuracyRows.All, row => Assert.Equal(row is { MostUnits: 2, MostSlopeUnits: 4, Floor: 0, SlopeFloor: 0 }, row.Reason.Length == 0));
}
