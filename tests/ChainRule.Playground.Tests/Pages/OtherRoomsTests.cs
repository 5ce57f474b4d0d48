using ChainRule.Playground.Lab;
using Microsoft.Playwright;

namespace ChainRule.Playground.Tests.Pages;

[Collection(SharedPage.Name)]
public sealed class OtherRoomsTests(PublishedPage site)
{
    [Fact]
    public async Task Check_finds_that_all_weights_agree()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("check", Settings.Xor));
        await visit.Page.ClickAsync("#check-all");
        await visit.Page.WaitForFunctionAsync("document.getElementById('verdict').textContent.includes('agree')", null, Visit.Patient);
        Assert.Equal("17 of 17 weights agree.", await visit.Text("#verdict"));
        Assert.Equal(17, await visit.Page.Locator("#rows tbody tr").CountAsync());
        Assert.Equal(12, await visit.Page.Locator(".v-curve circle").CountAsync());
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Explain_follows_the_slider_with_keys()
    {
        await using Visit visit = await Visit.To(site, "#explain");
        Assert.Equal("27", await visit.Text("#value"));
        Assert.Equal("54", await visit.Text("#gradient-x"));
        await visit.Page.FocusAsync("#input-0");
        await visit.Page.Keyboard.PressAsync("Home");
        // (2 * -3 + 1)^3 = -125, and 6 * 25 = 150.
        Assert.Equal("-125", await visit.Text("#value"));
        Assert.Equal("150", await visit.Text("#gradient-x"));
        await visit.Page.ClickAsync("button.edge >> nth=0");
        Assert.Contains("this path", await visit.Text("#microscope"), StringComparison.Ordinal);
        Assert.Equal(1, await visit.Page.Locator(".picture svg").CountAsync());
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Explain_takes_what_is_typed_and_says_where_it_is_wrong()
    {
        await using Visit visit = await Visit.To(site, "#explain");
        await Type(visit, "#expression", "x*y");
        await Type(visit, "#text-0", "3");
        await Type(visit, "#text-1", "4");
        Assert.Equal(("12", "4", "3"), (await visit.Text("#value"), await visit.Text("#gradient-x"), await visit.Text("#gradient-y")));
        await Type(visit, "#expression", "1 + snh(x)");
        Assert.Contains("(column 5)", await visit.Text("#fault"), StringComparison.Ordinal);
        await Type(visit, "#expression", "<img src=x onerror=alert(1)>");
        Assert.Equal(0, await visit.Page.Locator("main img").CountAsync());
        await Type(visit, "#expression", "w.x");
        await Type(visit, "#text-0", "[1,2]");
        await Type(visit, "#text-1", "[3,4]");
        Assert.Equal(("11", "[3, 4]"), (await visit.Text("#value"), await visit.Text("#gradient-w")));
        Assert.Equal("", await visit.Text("#fault"));
        // The address leads back to it.
        (_, Settings settings, string? problem) = SettingsText.Read(new Uri(visit.Page.Url).Fragment);
        Assert.Equal((null, "w.x", "w=[1,2];x=[3,4]"), (problem, settings.Expression, settings.At));
        await using Visit again = await Visit.To(site, new Uri(visit.Page.Url).Fragment);
        Assert.Equal("11", await again.Text("#value"));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Explain_shows_second_derivatives_that_follow_the_input()
    {
        await using Visit visit = await Visit.To(site, "#explain?v=1&expr=x*x*y&at=x=3;y=2");
        await visit.Page.ClickAsync("#second summary");
        // [2y, 2x; 2x, 0].
        Assert.Equal(["4", "6", "6", "0"], await visit.Page.Locator("#hessian tbody td").AllInnerTextsAsync());
        await Type(visit, "#text-0", "-1");
        Assert.Equal(["4", "-2", "-2", "0"], await visit.Page.Locator("#hessian tbody td").AllInnerTextsAsync());
        await Type(visit, "#expression", "w.w");
        await Type(visit, "#text-0", "[1,2,3,4,5,6,7]");
        Assert.Contains("at most 6", await visit.Text("#second"), StringComparison.Ordinal);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Explain_walks_forward_and_backward()
    {
        await using Visit visit = await Visit.To(site, "#explain");
        ILocator cells = visit.Page.Locator("#steps tbody tr").First.Locator("td");
        await visit.Page.ClickAsync("#to-start");
        Assert.Equal("", await cells.Nth(1).InnerTextAsync());
        await visit.Page.ClickAsync("#forward");
        Assert.Equal(("1", ""), (await cells.Nth(1).InnerTextAsync(), await cells.Nth(3).InnerTextAsync()));
        await visit.Page.ClickAsync("#to-end");
        Assert.Equal("54", await cells.Nth(3).InnerTextAsync());
        await visit.Page.ClickAsync("#backward");
        Assert.Equal("", await cells.Nth(3).InnerTextAsync());
    }

    [Fact]
    public async Task Learn_leads_to_states_of_the_other_rooms()
    {
        await using Visit visit = await Visit.To(site, "#learn");
        Assert.Equal(10, await visit.Page.Locator(".lessons li").CountAsync());
        await visit.Page.ClickAsync(".lessons li:nth-child(9) a");
        Assert.Equal(6, await visit.Page.Locator(".layers li").CountAsync());
        await visit.Page.ClickAsync("nav a:has-text('Check')");
        Assert.Equal(1, await visit.Page.Locator(".v-curve").CountAsync());
        Assert.Empty(visit.Errors);
    }

    private static async Task Type(Visit visit, string selector, string text)
    {
        await visit.Page.FillAsync(selector, text);
        await visit.Page.Keyboard.PressAsync("Tab");
    }
}
