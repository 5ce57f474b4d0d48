using ChainRule.Cli.Display;

namespace ChainRule.Cli.Tests.Display;

public sealed class HistoryTests
{
    [Fact]
    public void A_short_run_is_kept_as_it_is()
    {
        var history = new History();
        foreach (int step in Enumerable.Range(1, 150))
            history.Add(step);
        Assert.Equal(Enumerable.Range(1, 150).Select(step => (double)step), history.All);
        Assert.Equal(history.All, history.Recent);
    }

    [Fact]
    public void A_long_run_takes_no_more_room_and_keeps_its_course()
    {
        var history = new History();
        foreach (int step in Enumerable.Range(0, 100_000))
            history.Add(step);
        Assert.InRange(history.All.Count, 150, 400);
        Assert.Equal(history.All.Order(), history.All);
        // The first mean is of the steps from 0 on, so its place is half its stretch.
        Assert.InRange(history.All[0], 0, 100_000.0 / history.All.Count);
        Assert.Equal(Enumerable.Range(99_800, 200).Select(step => (double)step), history.Recent);
    }
}
