using System.Globalization;
using ChainRule.Playground.Lab;
using Microsoft.Playwright;

namespace ChainRule.Playground.Tests.Pages;

[Collection(SharedPage.Name)]
public sealed class BadgeTests(PublishedPage site)
{
    // Beyond 200 calls the runtime's interpreter optimises: both kinds of its code are compared.
    private const int Enough = 400;

    public static TheoryData<string> Runs =>
    [
        SettingsText.Write("train", Settings.Xor),
        SettingsText.Write("train", Settings.Spiral),
        SettingsText.Write("train", new Settings { Data = DataKind.Moons, Activation = ActivationKind.Relu, Loss = LossKind.Squared, Optimizer = OptimizerKind.Momentum, Rate = 0.05 }),
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task The_exported_program_prints_the_hash_of_the_page_in_portable_mode(string state)
    {
        await using Visit visit = await Visit.To(site, "#" + state);
        await visit.Page.ClickAsync("#play");
        await visit.Page.WaitForFunctionAsync($"Number(document.getElementById('steps').textContent) >= {Enough}", null, Visit.Patient);
        await visit.Page.ClickAsync("#play");
        int steps = int.Parse(await visit.Text("#steps"), CultureInfo.InvariantCulture);
        string hash = await visit.Text("#hash");
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("#export-code"));
        string said = await ExportedProgram.Run(await File.ReadAllTextAsync(await download.PathAsync()), isPortable: true);
        Assert.Contains($"loss hash after {steps} steps: {hash}", said, StringComparison.Ordinal);
        Assert.Empty(visit.Errors);
    }
}
