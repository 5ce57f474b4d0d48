using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Lab;

public sealed class SettingsTextTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        var settings = new Settings
        {
            Data = DataKind.Own,
            Own = [new(0.25f, -0.5f, 0), new(-1, 1, 2)],
            Seed = -7,
            Hidden = [3, 1, 8],
            Noise = 0.07,
            Rival = OptimizerKind.Adam,
            RivalRate = 0.5,
            Expression = "w.x + 50%&b=1",
            At = "w=[1,2];x=[3,4]",
            Hide = ["data", "nav"],
        };
        string written = SettingsText.Write("check", settings);
        (string room, Settings read, string? problem) = SettingsText.Read("#" + written);
        Assert.Null(problem);
        Assert.Equal("check", room);
        Assert.Equal(written, SettingsText.Write(room, read));
        Assert.Equal([3, 1, 8], read.Hidden);
        Assert.Equal(-7, read.Seed);
        Assert.Equal(settings.Own, read.Own);
    }

    [Theory]
    [InlineData("train?layers=4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4", "layers")]
    [InlineData("train?rate=1e308", "rate")]
    [InlineData("train?rate=NaN", "rate")]
    [InlineData("train?n=99999999999", "n")]
    [InlineData("train?act=7", "act")]
    [InlineData("train?v=2", "v")]
    [InlineData("train?data=own", "points")]
    [InlineData("train?points=1,2,<script>", "points")]
    [InlineData("train?<script>alert(1)</script>=1", "an unknown name")]
    [InlineData("<script>", "the room")]
    public void What_cannot_be_used_is_named_and_keeps_its_default(string fragment, string name)
    {
        (string room, Settings read, string? problem) = SettingsText.Read(fragment);
        Assert.Contains($"({name})", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("script", problem, StringComparison.Ordinal);
        Assert.Equal(SettingsText.Write("train", new Settings()), SettingsText.Write(room, read));
    }

    [Fact]
    public void A_huge_address_is_refused() => Assert.NotNull(SettingsText.Read(new string('x', 100_000)).Problem);
}
