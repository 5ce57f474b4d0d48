namespace ChainRule.Playground.Tests.Pages;

/// <summary>The picture of the README: a training that has got somewhere. <c>tools/page-pictures</c> keeps it.</summary>
[Collection(SharedPage.Name)]
public sealed class PictureTests(PublishedPage site)
{
    private const long LargestPicture = 200_000;

    [Fact]
    public async Task The_playground_can_be_shown_in_the_readme()
    {
        await using Visit visit = await Visit.To(site, "#train?v=1&data=xor&seed=3&layers=4,3&act=tanh&loss=binary&opt=adam&rate=0.03", width: 1280, height: 820);
        await visit.Page.ClickAsync("#play");
        await visit.Page.WaitForFunctionAsync("Number(document.getElementById('steps').textContent) > 150", null, Visit.Patient);
        await visit.Page.ClickAsync("#play");
        byte[] picture = await visit.Page.ScreenshotAsync();
        Assert.Empty(visit.Errors);
        Assert.InRange(picture.Length, 10_000, LargestPicture);
        await File.WriteAllBytesAsync(Path.Combine(site.Pictures, "readme.png"), picture);
    }
}
