using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ChainRule.Playground.Tests.Pages;

[Collection(SharedPage.Name)]
public sealed class EveryRoomTests(PublishedPage site)
{
    [Theory]
    [InlineData("train", false)]
    [InlineData("train", true)]
    [InlineData("explain", false)]
    [InlineData("explain", true)]
    [InlineData("check", false)]
    [InlineData("check", true)]
    [InlineData("learn", false)]
    [InlineData("learn", true)]
    public async Task Axe_finds_no_violation_on_desk_and_phone(string room, bool isDark)
    {
        await using Visit visit = await Visit.To(site, "#" + room, isDark: isDark);
        string name = $"{room}-{(isDark ? "dark" : "light")}";
        if (room == "train")
        {
            await visit.Page.ClickAsync("#play");
            await visit.Page.WaitForFunctionAsync("Number(document.getElementById('steps').textContent) > 40", null, Visit.Patient);
            await visit.Page.ClickAsync("#play");
        }
        await Look(visit, name);
        await visit.Page.SetViewportSizeAsync(390, 844);
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways on a phone");
        await Look(visit, name + "-phone");
    }

    [Fact]
    public void The_published_page_is_small()
    {
        long bytes = Directory.EnumerateFiles(site.Folder, "*.br", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        TestContext.Current.SendDiagnosticMessage($"published, compressed: {bytes / 1e6:0.00} MB");
        Assert.InRange(bytes, 1, 12_000_000);
    }

    private async Task Look(Visit visit, string name)
    {
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(site.Pictures, name + ".png"), FullPage = true });
        AxeResult result = await visit.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{name}: {string.Join("; ", result.Violations.Select(violation => $"{violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
    }
}
