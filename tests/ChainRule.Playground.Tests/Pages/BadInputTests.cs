using System.Globalization;
using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Pages;

/// <summary>What a page must bear: one clear message each, nothing broken, nothing of it taken for markup.</summary>
[Collection(SharedPage.Name)]
public sealed class BadInputTests(PublishedPage site)
{
    [Theory]
    [InlineData("0,0,0\nhello,0,1", "Line 2")]
    [InlineData("0,0,0\n1e308,0,1", "Line 2")]
    [InlineData("0,0,0\nNaN,0,1", "Line 2")]
    [InlineData("0,0,<script>alert(1)</script>\n1,1,0", "Line 1")]
    [InlineData("", "at least two")]
    public async Task Pasted_text_that_is_no_table_is_one_message(string text, string said)
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await Paste(visit, text);
        Assert.Contains(said, await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        Assert.Equal("Xor", await visit.Page.InputValueAsync("#data"));
        await StillWorks(visit);
    }

    [Fact]
    public async Task A_thousand_points_are_taken_and_one_more_is_refused()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await Paste(visit, Points(1001));
        Assert.Contains("more than 1000 points", await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        await Paste(visit, Points(1000));
        Assert.Equal(0, await visit.Page.Locator("[role=alert].problem").CountAsync());
        Assert.Equal("Own", await visit.Page.InputValueAsync("#data"));
        // The address holds them all, and can be visited.
        await using Visit again = await Visit.To(site, new Uri(visit.Page.Url).Fragment);
        Assert.Contains("1000 points of 2 classes", await again.Page.GetAttributeAsync("#output", "aria-label"), StringComparison.Ordinal);
        // There is no room for one more.
        await visit.Page.ClickAsync("button.class2");
        await visit.Page.ClickAsync("#output");
        Assert.Contains("1000 points, which is the most", await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        await StillWorks(visit);
    }

    [Theory]
    [InlineData("#train?layers=4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4", "(layers)")]
    [InlineData("#train?rate=1e308", "(rate)")]
    [InlineData("#train?noise=NaN", "(noise)")]
    [InlineData("#train?points=0,0,0;1e308,0,1&data=own", "points")]
    [InlineData("#train?<script>alert(1)</script>=1", "(an unknown name)")]
    [InlineData("#train?hide=<img src=x onerror=alert(1)>", "(hide)")]
    public async Task An_address_with_what_cannot_be_is_one_message(string fragment, string said)
    {
        await using Visit visit = await Visit.To(site, fragment);
        Assert.Contains(said, await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        await StillWorks(visit);
    }

    [Fact]
    public async Task The_deepest_network_trains()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", new Settings { Hidden = [.. Enumerable.Repeat(Settings.MostWidth, Settings.MostLayers)] }));
        Assert.True(await visit.Page.IsDisabledAsync("#add-layer"));
        await StillWorks(visit);
    }

    [Theory]
    [InlineData("1e308")]
    [InlineData("-1e7")]
    public async Task A_weight_that_is_out_of_reach_is_one_message(string weight)
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        string before = await visit.Page.InputValueAsync("#weight");
        await visit.Page.FillAsync("#weight", weight);
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Contains("A weight must be a number", await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        Assert.NotEqual("", before);
        await StillWorks(visit);
    }

    [Theory]
    [InlineData("x +", "column 4")]
    [InlineData("((x)", "column")]
    [InlineData("log(x)", "above 0")]
    [InlineData("exp(1e308*x)", "too large for double precision")]
    [InlineData("x/0", "divided by 0")]
    [InlineData("<script>alert(1)</script>", "column 1")]
    public async Task A_malformed_expression_is_one_message(string expression, string said)
    {
        await using Visit visit = await Visit.To(site, "#explain");
        await visit.Page.FillAsync("#text-0", expression == "log(x)" ? "-1" : "1");
        await visit.Page.FillAsync("#expression", expression);
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Contains(said, await visit.Text("#fault"), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator("main script, main img").CountAsync());
        await visit.Page.FillAsync("#expression", "x*x");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("", await visit.Text("#fault"));
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e308")]
    [InlineData("[1,2")]
    [InlineData("<script>")]
    public async Task A_value_that_is_no_number_is_one_message(string value)
    {
        await using Visit visit = await Visit.To(site, "#explain");
        await visit.Page.FillAsync("#text-0", value);
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.NotEqual("", await visit.Text("#fault"));
        Assert.Equal("27", await visit.Text("#value"));
        await visit.Page.FillAsync("#text-0", "2");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal(("", "125"), (await visit.Text("#fault"), await visit.Text("#value")));
        Assert.Empty(visit.Errors);
    }

    private static string Points(int count) =>
        string.Join('\n', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Cos(i) * 0.9:0.000},{Math.Sin(i * 1.7) * 0.9:0.000},{i % 2}")));

    private static async Task Paste(Visit visit, string text)
    {
        if (!await visit.Page.Locator("#csv").IsVisibleAsync())
            await visit.Page.ClickAsync("summary:has-text('Paste points')");
        await visit.Page.FillAsync("#csv", text);
        await visit.Page.ClickAsync("#use-csv");
    }

    private static async Task StillWorks(Visit visit)
    {
        Assert.Equal(0, await visit.Page.Locator("main script, main img").CountAsync());
        string hash = await visit.Text("#hash");
        await visit.Page.ClickAsync("#step");
        Assert.Equal("1", await visit.Text("#steps"));
        Assert.NotEqual(hash, await visit.Text("#hash"));
        Assert.Empty(visit.Errors);
    }
}
