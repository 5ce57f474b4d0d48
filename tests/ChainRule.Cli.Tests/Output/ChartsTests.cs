using System.Xml.Linq;
using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Tests.Output;

public sealed class ChartsTests
{
    [Theory]
    [InlineData(nameof(Ending.Finished), 3)]
    [InlineData(nameof(Ending.Diverged), 1)]
    [InlineData(nameof(Ending.Interrupted), 0)]
    public void Every_ending_can_be_drawn(string ending, int epochs)
    {
        Plots.Figure figure = Charts.Of(SampleRun.Of(ending: Enum.Parse<Ending>(ending), epochs: epochs) with { StepLosses = epochs == 0 ? [0.7] : [0.7, double.NaN] });
        Assert.Equal("svg", XDocument.Parse(figure.ToSvg()).Root!.Name.LocalName);
        Assert.NotEmpty(figure.ToPng());
    }
}
