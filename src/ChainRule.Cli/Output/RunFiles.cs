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
    /// <param name="run">The run.</param>
    /// <param name="keepsGradients">Whether what the doctor saw is written too.</param>
    /// <param name="model">The trained model.</param>
    /// <param name="folder">Where they go.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Write(RunRecord run, bool keepsGradients, SavedModel model, RunFolder folder)
    {
        model.Save(folder.PathOf(ModelName));
        Write(folder, "metrics.jsonl", MetricsFile.Of(run));
        Write(folder, RunConfig.FileName, Encoding.UTF8.GetBytes(RunConfig.JsonOf(run) + "\n"));
        Figure figure = Charts.Of(run);
        Write(folder, "loss.png", figure.ToPng());
        Write(folder, "loss.svg", Encoding.UTF8.GetBytes(figure.ToSvg()));
        Write(folder, "report.html", Encoding.UTF8.GetBytes(ReportPage.Of(run, Charts.Of(run, hasHead: false).ToSvg(), Version).ToString()));
        List<string> names = ["report.html", "loss.png", "loss.svg", "metrics.jsonl", RunConfig.FileName, ModelName];
        if (keepsGradients && run.Doctor is { } doctor)
        {
            Write(folder, "gradients.svg", Encoding.UTF8.GetBytes(doctor.Flow.ToSvg()));
            Write(folder, "doctor.json", Encoding.UTF8.GetBytes(doctor.ToJson()));
            names.InsertRange(1, ["gradients.svg", "doctor.json"]);
        }
        return names;
    }

    private static void Write(RunFolder folder, string name, byte[] contents) =>
        AtomicFile.Write(folder.PathOf(name), stream => stream.Write(contents));
}
