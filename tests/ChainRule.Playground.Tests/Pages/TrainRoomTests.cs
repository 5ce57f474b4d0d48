using System.Globalization;
using ChainRule.Playground.Lab;
using Microsoft.Playwright;

namespace ChainRule.Playground.Tests.Pages;

[Collection(SharedPage.Name)]
public sealed class TrainRoomTests(PublishedPage site)
{
    [Fact]
    public async Task Play_trains_and_pause_stops()
    {
        await using Visit visit = await Visit.To(site);
        await visit.Page.ClickAsync("#play");
        await visit.Page.WaitForFunctionAsync("Number(document.getElementById('steps').textContent) > 20", null, Visit.Patient);
        await visit.Page.ClickAsync("#play");
        string steps = await visit.Text("#steps"), hash = await visit.Text("#hash");
        await visit.Page.ClickAsync("#step");
        Assert.Equal(int.Parse(steps, CultureInfo.InvariantCulture) + 1, int.Parse(await visit.Text("#steps"), CultureInfo.InvariantCulture));
        Assert.NotEqual(hash, await visit.Text("#hash"));
        await visit.Page.ClickAsync("#back");
        Assert.Equal((steps, hash), (await visit.Text("#steps"), await visit.Text("#hash")));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task A_weight_that_is_set_changes_the_output_without_training()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        string before = await Picture(visit);
        await visit.Page.SelectOptionAsync("#which", "0:0");
        await visit.Page.FillAsync("#weight", "2.5");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("2.5", await visit.Page.InputValueAsync("#weight"));
        Assert.NotEqual(before, await Picture(visit));
        Assert.Equal("0", await visit.Text("#steps"));
    }

    [Fact]
    public async Task A_click_on_a_connection_picks_it()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await visit.Page.DispatchEventAsync("[data-wire='3']", "click");
        Assert.Equal("0:3", await visit.Page.InputValueAsync("#which"));
    }

    [Fact]
    public async Task Drawn_points_become_data_and_the_address_holds_them()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await visit.Page.ClickAsync("button.class2");
        // A click goes to the middle.
        await visit.Page.ClickAsync("#output");
        Assert.Equal("Own", await visit.Page.InputValueAsync("#data"));
        (_, Settings settings, string? problem) = SettingsText.Read(new Uri(visit.Page.Url).Fragment);
        Assert.Null(problem);
        Assert.Equal(5, settings.Own.Count);
        Assert.Equal(2, settings.Own[4].Label);
        Assert.InRange(settings.Own[4].X, -0.02, 0.02);
    }

    [Fact]
    public async Task Steps_can_be_walked_by_operation_and_by_layer_with_keys()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await visit.Page.FocusAsync("#step-op");
        await visit.Page.Keyboard.PressAsync("Enter");
        string first = await visit.Text("#event");
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.NotEqual(first, await visit.Text("#event"));
        await visit.Page.ClickAsync("#back");
        Assert.Equal(first, await visit.Text("#event"));
        for (int i = 0; i < 40 && await visit.Page.Locator("#walk").CountAsync() > 0; i++)
            await visit.Page.ClickAsync("#step-layer");
        Assert.Equal("1", await visit.Text("#steps"));
    }

    [Fact]
    public async Task Back_goes_by_batch_by_layer_and_by_operation()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        // By batch: three steps and three back are the start.
        for (int i = 0; i < 3; i++)
            await visit.Page.ClickAsync("#step");
        for (int i = 2; i >= 0; i--)
        {
            await visit.Page.ClickAsync("#back");
            Assert.Equal($"{i}", await visit.Text("#steps"));
        }
        await visit.Page.ClickAsync("#back");
        Assert.Contains("nothing before it", await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        foreach (string button in new[] { "#step-op", "#step-layer" })
        {
            // Through a whole step and into the next, and the same way back.
            var there = new List<string>();
            await visit.Page.ClickAsync(button);
            while (await visit.Page.Locator("#walk").CountAsync() > 0)
            {
                there.Add(await Event(visit));
                await visit.Page.ClickAsync(button);
            }
            Assert.True(there.Count > 4);
            Assert.Equal("1", await visit.Text("#steps"));
            var back = new List<string>();
            do
            {
                await visit.Page.ClickAsync("#back");
                back.Add(await Event(visit));
            }
            while (await visit.Page.InputValueAsync("#walk") != "0");
            Assert.Equal("0", await visit.Text("#steps"));
            Assert.Equal(there, Enumerable.Reverse(back));
            await visit.Page.ClickAsync("#reset");
        }
        Assert.Empty(visit.Errors);

        static async Task<string> Event(Visit visit) => $"{await visit.Page.InputValueAsync("#walk")} {await visit.Text("#event")}";
    }

    [Fact]
    public async Task A_drawn_point_can_be_erased_and_both_undone_while_it_trains()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await visit.Page.ClickAsync("#play");
        await visit.Page.ClickAsync("button.class1");
        await visit.Page.ClickAsync("#output");
        Assert.Equal(5, Own(visit));
        await visit.Page.ClickAsync("#erase");
        await visit.Page.ClickAsync("#output");
        Assert.Equal(4, Own(visit));
        // Nothing is near: nothing is erased.
        await visit.Page.ClickAsync("#output");
        Assert.Equal(4, Own(visit));
        await visit.Page.ClickAsync("#undo");
        Assert.Equal(5, Own(visit));
        await visit.Page.ClickAsync("#undo");
        Assert.Equal("Xor", await visit.Page.InputValueAsync("#data"));
        Assert.True(await visit.Page.IsDisabledAsync("#undo"));
        Assert.Equal("Pause", await visit.Text("#play"));
        Assert.Empty(visit.Errors);

        static int Own(Visit visit) => SettingsText.Read(new Uri(visit.Page.Url).Fragment).Settings.Own.Count;
    }

    [Theory]
    [InlineData("#train?rate=<script>alert(1)</script>")]
    [InlineData("#train?layers=9999999")]
    [InlineData("#nowhere")]
    public async Task A_hostile_address_is_one_message(string fragment)
    {
        await using Visit visit = await Visit.To(site, fragment);
        Assert.Contains("cannot use", await visit.Text("[role=alert].problem"), StringComparison.Ordinal);
        Assert.Equal("0", await visit.Text("#steps"));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task A_teacher_can_hide_parts()
    {
        await using Visit visit = await Visit.To(site, "#train?hide=data,nav,export");
        Assert.Equal(0, await visit.Page.Locator("#data, nav, #export-code").CountAsync());
        Assert.Equal(1, await visit.Page.Locator("#optimizer").CountAsync());
    }

    [Fact]
    public async Task Files_can_be_taken_along()
    {
        await using Visit visit = await Visit.To(site, "#" + SettingsText.Write("train", Settings.Xor));
        await visit.Page.ClickAsync("#step");
        foreach ((string button, string name) in new[] { ("#export-code", "playground.cs"), ("#export-json", "playground.json"), ("#export-weights", "playground.safetensors") })
        {
            IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync(button));
            Assert.Equal(name, download.SuggestedFilename);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 100);
        }
        Assert.Empty(visit.Errors);
    }

    private static async Task<string> Picture(Visit visit) => await visit.Page.EvaluateAsync<string>("document.getElementById('output').toDataURL()");
}
