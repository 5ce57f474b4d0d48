using System.Reflection;
using System.Text;
using ChainRule.Cli.Runs;
using ChainRule.Formats;
using ChainRule.Plots;

namespace ChainRule.Cli.Output;

/// <summary>What a run leaves behind; each file is there whole or not at all.</summary>
internal static class RunFiles
{
    public const string ModelName = "model.safetensors";

    /// <summary>The version that --version shows.</summary>
    private static string Version => typeof(RunFiles).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Writes the files, the model first: it is what cannot be made again from the others.</summary>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Write(RunRecord run, SavedModel model, RunFolder folder)
    {
        model.Save(folder.PathOf(ModelName));
        Write(folder, "metrics.jsonl", MetricsFile.Of(run));
        Figure figure = Charts.Of(run);
        Write(folder, "loss.png", figure.ToPng());
        Write(folder, "loss.svg", Encoding.UTF8.GetBytes(figure.ToSvg()));
        Write(folder, "report.html", Encoding.UTF8.GetBytes(ReportPage.Of(run, Charts.Of(run, hasHead: false).ToSvg(), Version).ToString()));
        return ["report.html", "loss.png", "loss.svg", "metrics.jsonl", ModelName];
    }

    private static void Write(RunFolder folder, string name, byte[] contents) =>
        AtomicFile.Write(folder.PathOf(name), stream => stream.Write(contents));
}
