using System.Text;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Output;

/// <summary>The figures of a run for other programs: a JSON object for each epoch, one in a line.</summary>
internal static class MetricsFile
{
    public static byte[] Of(RunRecord run)
    {
        var text = new StringBuilder();
        foreach (EpochRecord epoch in run.Epochs)
            text.Append(Line(epoch)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Line(EpochRecord epoch) => JsonLine.Of(json =>
    {
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("steps", epoch.Steps);
        json.WriteNumber("seconds", Math.Round(epoch.Seconds, 4));
        JsonLine.WriteFinite(json, "trainLoss", epoch.TrainLoss);
        JsonLine.WriteFinite(json, "trainAccuracy", epoch.TrainAccuracy);
        JsonLine.WriteFinite(json, "testLoss", epoch.TestLoss);
        JsonLine.WriteFinite(json, "testAccuracy", epoch.TestAccuracy);
    });
}
